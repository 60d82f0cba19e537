import { demandDocument, errorOf } from "../answers.ts";
import { trial } from "../trial.ts";

export const bucketReplication = trial("BucketReplication", async (lab) => {
  const answer = await lab.send({ method: "GET", key: "", query: { replication: "" } });
  if (errorOf(answer)?.code === "ReplicationConfigurationNotFoundError") return;
  demandDocument(answer, "ReplicationConfiguration");
});
