import { Client, type Dispatcher } from "undici";
import type { Layer, LayerLoad } from "./layer.ts";
import { requestMaker } from "./request.ts";

/** undici's lowest way in, on connections of our own. */
export function openUndiciDispatch(load: LayerLoad, signed: boolean): Layer {
  const make = requestMaker(load, signed);
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
      client.dispatch(make(key), new Handler(client, done));
    },
    close: async () => {
      await Promise.all(all.map((client) => client.close()));
    },
  };
}
