import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCommand } from "../measure/find-command.ts";
import { runCommand } from "../measure/run-command.ts";
import { sourceBucket, targetBucket } from "../stub/nginx-config.ts";
import { objectKey } from "../world/object-keys.ts";
import type { Peer } from "./peer.ts";

const seconds = 3;
const requests = {
  tagging: {
    path: `/${sourceBucket}/${objectKey(0)}?tagging`,
    body: '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>team</Key><Value>data</Value></Tag></TagSet></Tagging>',
  },
  copy: { path: `/${targetBucket}/${objectKey(0)}`, body: "" },
};

/** Always the same request, with headers as long as signed ones. The most that the stub was seen to answer, too. */
export const wrk: Peer = {
  name: "wrk",
  note: "signs nothing, always the same request: the floor, and what the stub can do",
  operations: ["tagging", "copy"],
  share: 0,
  missing: () => (findCommand("wrk") ? null : "install Debian's wrk"),
  async run({ operation, endpoint, inFlight, dir }) {
    const { path, body } = requests[operation];
    const script = join(dir, `wrk-${operation}.lua`);
    const headers = [`["Authorization"] = "${"x".repeat(200)}"`, `["X-Amz-Content-Sha256"] = "${"0".repeat(64)}"`, '["X-Amz-Date"] = "20260831T000000Z"'];
    if (body !== "") headers.push('["Content-Type"] = "application/xml"', '["Content-MD5"] = "1B2M2Y8AsgTpgAmY7PhCfg=="');
    else headers.push(`["X-Amz-Copy-Source"] = "/${sourceBucket}/${objectKey(0)}"`);
    writeFileSync(script, `wrk.method = "PUT"\nwrk.body = [==[${body}]==]\nwrk.headers = { ${headers.join(", ")} }\n`);
    const run = await runCommand("wrk", ["-t1", `-c${inFlight}`, `-d${seconds}s`, "-s", script, endpoint + path]);
    const tasks = Number(/(\d+) requests in/.exec(run.stdout)?.[1]);
    if (!(tasks > 0) || run.stdout.includes("Non-2xx")) throw new Error(`wrk: ${run.stdout}`);
    return { tasks, seconds: run.seconds, cpuSeconds: run.cpuSeconds, peakRssBytes: run.peakRssBytes };
  },
};
