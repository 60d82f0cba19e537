import { textOf } from "../../operations/read-answer.ts";
import { demandDone, documentOf, errorOf, isDone, quote } from "../answers.ts";
import { trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";

export const getObjectAttributes = trial("GetObjectAttributes", async (lab) => {
  const { key, body } = await lab.put("object");
  const answer = demandDone(
    await lab.send({ method: "GET", key, query: { attributes: "" }, headers: { "x-amz-object-attributes": "ETag,ObjectSize,StorageClass" } }),
  );
  if (answer.body === body) throw ignored("The store answers 200 with the object's own content.");
  const attributes = documentOf(answer.body, "GetObjectAttributesResponse") ?? documentOf(answer.body, "GetObjectAttributesOutput");
  if (!attributes) throw ignored(`The store answers ${answer.status} with something else than the object's attributes.`);
  if (textOf(attributes.ObjectSize) !== String(body.length)) throw ignored("The store tells another size than the object has.");
});

/** Its only form takes a KMS key of the bucket's owner, which the probe has not: what a store does that knows the call is seen all the same. */
export const updateObjectEncryption = trial("UpdateObjectEncryption", async (lab) => {
  const { key } = await lab.put("object");
  const document =
    "<ObjectEncryption><SSE-KMS><KMSKeyArn>arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000</KMSKeyArn></SSE-KMS></ObjectEncryption>";
  const answer = await lab.send({ method: "PUT", key, query: { encryption: "" }, headers: { "content-type": "application/xml" }, body: document });
  const harm = await lab.damage();
  if (harm !== null) throw damages(harm);
  const told = (await lab.head(key)).headers["x-amz-server-side-encryption"];
  if (isDone(answer) && told !== "aws:kms") throw ignored(`The store answers ${answer.status}, and the object's encryption is as before.`);
  const { code } = errorOf(answer) ?? { code: "" };
  if (answer.status < 500 && answer.status !== 405 && code !== "MethodNotAllowed" && code !== "NotImplemented" && !isDone(answer))
    throw untried(`It takes a KMS key of the bucket's owner, which the probe does not have. The store answered ${quote(answer)}`);
  demandDone(answer);
});
