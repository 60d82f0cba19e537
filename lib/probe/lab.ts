import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, elementOf, textOf } from "../operations/read-answer.ts";
import { demandDocument, demandDone, isDone } from "./answers.ts";
import type { Exchange, ProbeAnswer, ProbeRequest } from "./exchange.ts";
import { damages, ignored } from "./verdict.ts";

/** An object that the probe has written, and what must be true of it after a trial. */
export interface Specimen {
  key: string;
  body: string;
  /** Where the bucket keeps versions. */
  versionId: string | undefined;
  etag: string;
}

/** What all trials of a run share. */
export interface Place {
  exchange: Exchange;
  bucket: string;
  /** Of this run alone. Ends with a slash. */
  folder: string;
  versioned: boolean;
  locks: boolean;
  now: () => Date;
  /** Before each further look at what was not yet to be seen: a store may need a moment. */
  pausesMs: readonly number[];
  signal: AbortSignal;
}

interface Watched {
  specimen: Specimen;
  versionId: string | undefined;
  meta: boolean;
}

export const metaHeader = "x-amz-meta-probe";
export const metaValue = "kept";

/** Where one trial works: a folder of its own, with a neighbour that nothing may touch. */
export interface Lab extends Place {
  send(request: ProbeRequest): Promise<ProbeAnswer>;
  keyOf(name: string): string;
  /** Writes an object; from now on it must stay as it is. @throws Judged */
  put(name: string, more?: { headers?: Record<string, string>; body?: string }): Promise<Specimen>;
  /** The trial changes or deletes it itself. `metadata`: only that. */
  release(specimen: Specimen, what?: "all" | "metadata"): void;
  /** It is no longer the current version of its key, and must stay as it is. */
  keepVersion(specimen: Specimen): void;
  bodyOf(key: string, versionId?: string): Promise<string | null>;
  head(key: string, versionId?: string): Promise<ProbeAnswer>;
  tagsOf(key: string, versionId?: string): Promise<Record<string, string>>;
  /** Looks until there is no complaint. @throws Judged "ignored" with the last complaint */
  sees(look: () => Promise<string | null>): Promise<void>;
  /** What became of what must not change; null when all of it is as it was. */
  damage(): Promise<string | null>;
}

/** A version id that this bucket could have given, and has not. */
export const noSuchVersion = "mRGfMQIHFP6rTDp2VvKDYQ1x5rJNoSuch";

export async function openLab(place: Place, name: string): Promise<Lab> {
  const watched = new Map<string, Watched>();
  const folder = `${place.folder}${name}/`;
  const idOf = ({ key, versionId }: Specimen) => `${key}\n${versionId ?? ""}`;
  const send = (request: ProbeRequest) => place.exchange.send(request);

  const lab: Lab = {
    ...place,
    folder,
    send,
    keyOf: (key) => folder + key,
    async put(key, { headers = {}, body = `A throwaway object of Longshore's probe: ${randomUUID()}` } = {}) {
      const answer = demandDone(
        await send({ method: "PUT", key: folder + key, headers: { "content-type": "text/x-probe", [metaHeader]: metaValue, ...headers }, body }),
      );
      const specimen = {
        key: folder + key,
        body,
        versionId: place.versioned ? answer.headers["x-amz-version-id"] : undefined,
        etag: answer.headers.etag ?? "",
      };
      // What was written before under this key is no longer what the key gives.
      for (const [id, before] of watched) if (before.specimen.key === specimen.key && before.versionId === undefined) watched.delete(id);
      watched.set(idOf(specimen), { specimen, versionId: undefined, meta: true });
      return specimen;
    },
    release(specimen, what = "all") {
      const one = watched.get(idOf(specimen));
      if (what === "all") watched.delete(idOf(specimen));
      else if (one) one.meta = false;
    },
    keepVersion(specimen) {
      watched.set(idOf(specimen), { specimen, versionId: specimen.versionId, meta: true });
    },
    async bodyOf(key, versionId) {
      const answer = await send({ method: "GET", key, versionId });
      return isDone(answer) ? answer.body : null;
    },
    head: (key, versionId) => send({ method: "HEAD", key, versionId }),
    async tagsOf(key, versionId) {
      const answer = await send({ method: "GET", key, versionId, query: { tagging: "" } });
      if (answer.status === 404 && answer.body.includes("NoSuchTagSet")) return {};
      const tags = childrenOf(demandDocument(answer, "Tagging").TagSet, "Tag");
      return Object.fromEntries(tags.map((tag) => [textOf(tag.Key), textOf(tag.Value)]));
    },
    async sees(look) {
      const complaint = await lookAgain(look);
      if (complaint !== null) throw ignored(complaint);
    },
    async damage() {
      for (const one of watched.values()) {
        const complaint = await lookAgain(() => whatHappened(one));
        if (complaint !== null) return complaint;
      }
      return null;
    },
  };

  async function lookAgain(look: () => Promise<string | null>): Promise<string | null> {
    for (let attempt = 0; ; attempt += 1) {
      const complaint = await look();
      const pause = place.pausesMs[attempt];
      if (complaint === null || pause === undefined) return complaint;
      await sleep(pause, undefined, { signal: place.signal });
    }
  }

  async function whatHappened({ specimen, versionId, meta }: Watched): Promise<string | null> {
    const answer = await send({ method: "GET", key: specimen.key, versionId, maxBytes: specimen.body.length + 1_024 });
    const which = specimen === neighbour ? "another object beside it" : versionId === undefined ? "the object" : "another version of the object";
    if (answer.status === 404) return `The store deleted ${which}.`;
    if (!isDone(answer)) return `The store does not give ${which} back any more (${answer.status}).`;
    if (answer.body !== specimen.body)
      return /^\s*<[?A-Z]/.test(answer.body) ? `The store overwrote ${which} with the request's own XML.` : `The store changed the content of ${which}.`;
    if (meta && answer.headers[metaHeader] !== metaValue) return `The store dropped the user metadata of ${which}.`;
    return null;
  }

  const neighbour = await lab.put("neighbour");
  return lab;
}

/**
 * Asks for something to be done to a version that does not exist.
 * @param harm what else must not have changed, or null
 * @throws Judged when something changed, or the store answers as if it had been there
 */
export async function demandUnknownVersionRefused(
  lab: Lab,
  request: Omit<ProbeRequest, "versionId">,
  what: string,
  harm: () => Promise<string | null> = async () => null,
): Promise<void> {
  const answer = await lab.send({ ...request, versionId: noSuchVersion });
  const done = (await lab.damage()) ?? (await harm());
  if (done !== null) throw damages(`Asked to ${what} a version that does not exist: ${done}`);
  // What is to be deleted and is not there needs no refusal.
  if (isDone(answer) && request.method !== "DELETE")
    throw ignored(`Asked to ${what} a version that does not exist, the store answers ${answer.status} as if it were there.`);
}

/** The ACL's grants, as "grantee permission". */
export async function grantsOf(lab: Lab, key: string, versionId?: string): Promise<{ owner: string; grants: string[] }> {
  const policy = demandDocument(await lab.send({ method: "GET", key, versionId, query: { acl: "" } }), "AccessControlPolicy");
  const grants = childrenOf(policy.AccessControlList, "Grant").map((grant) => {
    const grantee = elementOf(grant.Grantee);
    return `${textOf(grantee.URI) || textOf(grantee.ID)} ${textOf(grant.Permission)}`;
  });
  return { owner: textOf(elementOf(policy.Owner).ID), grants };
}
