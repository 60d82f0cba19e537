import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../bin/free-port.ts";
import { findCommand } from "../measure/find-command.ts";
import { nginxConfig, type StubPorts } from "./nginx-config.ts";

const echoModules = ["/usr/lib/nginx/modules/ngx_http_echo_module.so", "/usr/lib64/nginx/modules/ngx_http_echo_module.so"];

export interface Stub {
  instant: string;
  /** Null without nginx's echo module, which is what waits. */
  delayed: string | null;
  logged: string | null;
  /** One line a request, written when it was answered: seconds since the epoch, seconds it took, path. */
  requestLog: string;
  pid: number;
  /** Requests that nginx has had so far, whoever answered them. */
  requests(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts nginx before the S3 server on `s3Port`, as a child of this process with one worker.
 * @throws Error with nginx's own words
 */
export async function startStub(dir: string, s3Port: number): Promise<Stub> {
  mkdirSync(dir, { recursive: true });
  const ports: StubPorts = { instant: await freePort(), delayed: await freePort(), logged: await freePort(), status: await freePort() };
  const echoModule = echoModules.find((file) => existsSync(file)) ?? null;
  const config = join(dir, "nginx.conf");
  writeFileSync(config, nginxConfig({ dir, ports, s3Port, echoModule }));
  const nginx = spawn(findCommand("nginx") ?? "nginx", ["-p", dir, "-c", config], { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  nginx.stderr.on("data", (text) => {
    words += text;
  });
  const gone = once(nginx, "exit");
  const requests = async () => {
    const page = await (await fetch(`http://127.0.0.1:${ports.status}/`)).text();
    // "server accepts handled requests\n 3 3 7": this question is one of them.
    return Number(/requests\s+\d+ \d+ (\d+)/.exec(page)?.[1]);
  };
  for (let tries = 0; ; tries += 1) {
    if (nginx.exitCode !== null || nginx.pid === undefined) throw new Error(`nginx did not start: ${words}`);
    const answers = await requests().catch(() => null);
    if (answers !== null) break;
    if (tries === 100) {
      nginx.kill();
      throw new Error(`nginx does not answer: ${words}${readFileSync(join(dir, "error.log"), "utf8")}`);
    }
    await sleep(50);
  }
  const url = (port: number) => `http://127.0.0.1:${port}`;
  return {
    instant: url(ports.instant),
    delayed: echoModule === null ? null : url(ports.delayed),
    logged: echoModule === null ? null : url(ports.logged),
    requestLog: join(dir, "requests.log"),
    pid: nginx.pid,
    requests,
    async stop() {
      nginx.kill("SIGTERM");
      await gone;
    },
  };
}
