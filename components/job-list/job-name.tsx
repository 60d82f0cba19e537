import { SafeText } from "../safe-text.tsx";

export const JobName = ({ job }: { job: { description: string } }) =>
  job.description === "" ? <span className="font-normal text-text-muted italic">No description</span> : <SafeText text={job.description} />;
