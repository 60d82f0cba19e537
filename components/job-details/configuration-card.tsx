import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { ConfigurationList } from "./configuration-list.tsx";

export const ConfigurationCard = ({ job }: { job: JobDetails }) => (
  <Card>
    <CardHeader title="Configuration" description={job.sentence} />
    <CardBody>
      <ConfigurationList job={job} />
    </CardBody>
  </Card>
);
