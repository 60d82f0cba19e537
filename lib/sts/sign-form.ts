import { hash } from "node:crypto";
import { createHmacSha256 } from "../s3/hmac.ts";
import type { Credentials } from "../s3/sign.ts";

/**
 * The headers of a form that is posted to a service of Amazon's kind: SigV4.
 * @param url without a query
 * @param scope region and service, as the service names them
 */
export function signForm(url: URL, form: string, credentials: Credentials, scope: { region: string; service: string }, now: Date): Record<string, string> {
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const steps = [stamp.slice(0, 8), scope.region, scope.service, "aws4_request"];
  const headers: Record<string, string> = {
    "content-type": "application/x-www-form-urlencoded",
    host: url.host,
    "x-amz-date": stamp,
    ...(credentials.sessionToken !== undefined && { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n${url.pathname}\n\n${lines.join("")}\n${names}\n${hash("sha256", form, "hex")}`;
  const key = steps.reduce<string | Buffer>((secret, step) => createHmacSha256(secret).digest(step), `AWS4${credentials.secretAccessKey}`);
  const signature = createHmacSha256(key).digest(`AWS4-HMAC-SHA256\n${stamp}\n${steps.join("/")}\n${hash("sha256", canonical, "hex")}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${steps.join("/")}, SignedHeaders=${names}, Signature=${signature.toString("hex")}`;
  return { ...headers, authorization };
}
