import { randomBytes, timingSafeEqual } from "node:crypto";
import { S3Error } from "../s3-error.ts";
import type { Policy, SandboxUser } from "./authorize.ts";

/** What users may assume for a while: `arn:aws:iam::<account>:role/<name>`. */
export interface SandboxRole {
  name: string;
  policy?: Policy | undefined;
  /** Must come along where it is set. */
  externalId?: string | undefined;
}

export interface Session {
  user: SandboxUser;
  sessionToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const KEPT = 3_600_000;

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The sessions of assumed roles. They end with the process. */
export class Sessions {
  readonly #byKey = new Map<string, Session>();

  begin(role: SandboxRole, name: string, now: number, seconds: number): Session {
    // Who comes too late is told so for a while.
    for (const [key, session] of this.#byKey) if (session.expiresAt + KEPT < now) this.#byKey.delete(key);
    const accessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
    const user = { accessKeyId, secretAccessKey: randomBytes(30).toString("base64"), name: `${role.name}/${name}`, policy: role.policy };
    const session = { user, sessionToken: randomBytes(96).toString("base64"), expiresAt: now + seconds * 1000 };
    this.#byKey.set(accessKeyId, session);
    return session;
  }

  find(accessKeyId: string): SandboxUser | undefined {
    return this.#byKey.get(accessKeyId)?.user;
  }

  /**
   * Checks the token, which comes with the keys of a session and with no others.
   * @throws S3Error InvalidAccessKeyId, InvalidToken, ExpiredToken
   */
  check(user: SandboxUser, token: string | undefined, now: number): void {
    const session = this.#byKey.get(user.accessKeyId);
    if (!session) {
      if (token !== undefined) throw new S3Error("InvalidToken");
      return;
    }
    if (token === undefined) throw new S3Error("InvalidAccessKeyId", undefined, { AWSAccessKeyId: user.accessKeyId });
    if (!same(token, session.sessionToken)) throw new S3Error("InvalidToken");
    if (session.expiresAt <= now) throw new S3Error("ExpiredToken");
  }
}
