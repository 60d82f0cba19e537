import type { JobDetails } from "#lib/jobs/job-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { ConfigurationList } from "./configuration-list.tsx";

export const ConfigurationCard = ({ job }: { job: JobDetails }) => (
  <Card>
    <CardHeader title="Configuration" description={<SafeText text={job.sentence} />} />
    <CardBody>
      <ConfigurationList job={job} />
    </CardBody>
  </Card>
);
