import { Client, type Dispatcher } from "undici";
import type { Layer, LayerLoad } from "./layer.ts";
import { requestMaker } from "./request.ts";

/** The lowest way into a well-kept HTTP client, on connections of our own: what we would pay for not reading answers ourselves. */
export function openUndiciDispatch(load: LayerLoad): Layer {
  const make = requestMaker(load, false);
  const headers = make("any")
    .headers.split("\r\n")
    .slice(0, -1)
    .filter((line) => !/^(host|content-length):/.test(line))
    .flatMap((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]);
  const free = Array.from({ length: load.inFlight }, () => new Client(load.endpoint, { pipelining: 1 }));
  const all = [...free];

  class Handler implements Dispatcher.DispatchHandler {
    readonly client: Client;
    readonly done: () => void;
    constructor(client: Client, done: () => void) {
      this.client = client;
      this.done = done;
    }
    onRequestStart(): void {}
    onResponseStart(_controller: unknown, status: number): void {
      if (status !== 200) throw new Error(`status ${status}`);
    }
    onResponseData(): void {}
    onResponseEnd(): void {
      free.push(this.client);
      this.done();
    }
    onResponseError(_controller: unknown, error: Error): void {
      throw error;
    }
  }

  return {
    send(key, done) {
      const client = free.pop() as Client;
      client.dispatch({ ...make(key), headers }, new Handler(client, done));
    },
    close: async () => {
      await Promise.all(all.map((client) => client.close()));
    },
  };
}
