import { demandDone, errorOf, isDone, quote, refusal } from "../answers.ts";
import { trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";

const restore = {
  method: "POST" as const,
  query: { restore: "" },
  headers: { "content-type": "application/xml" },
  body: "<RestoreRequest><Days>1</Days><GlacierJobParameters><Tier>Standard</Tier></GlacierJobParameters></RestoreRequest>",
};

export const restoreObject = trial("RestoreObject", async (lab) => {
  const plain = await lab.put("object");
  const answer = await lab.send({ ...restore, key: plain.key });
  const harm = await lab.damage();
  if (harm !== null) throw damages(harm);
  if (answer.status === 501 || errorOf(answer)?.code === "NotImplemented" || errorOf(answer)?.code === "MethodNotAllowed") throw refusal(answer);
  if (isDone(answer)) throw ignored(`The store answers ${answer.status} as if it restored an object that is not archived.`);
  const key = lab.keyOf("archived");
  const archived = await lab.send({ method: "PUT", key, headers: { "x-amz-storage-class": "GLACIER" }, body: "an archived object" });
  if (!isDone(archived)) throw untried(`The store takes no objects of the storage class GLACIER (${quote(archived)}), so there is nothing to restore.`);
  demandDone(await lab.send({ ...restore, key }));
  await lab.sees(async () =>
    (await lab.head(key)).headers["x-amz-restore"] === undefined ? "The store answers as if it restored an object, and does not say so of the object." : null,
  );
});
