import { createConnections } from "#lib/s3/connections.ts";
import type { Layer, LayerLoad } from "./layer.ts";
import { requestMaker } from "./request.ts";

/** The engine's own connections: answers read as HTTP has them, time-outs, TLS, connections that come and go. */
export function openConnections(load: LayerLoad): Layer {
  const make = requestMaker(load, true);
  const connections = createConnections({});
  const { origin } = new URL(load.endpoint);
  const body = make("any").body.toString("latin1");
  return {
    send(key, done) {
      const { method, path, headers } = make(key);
      connections.send(
        origin,
        { text: `${method} ${path} HTTP/1.1\r\n${headers}\r\n${body}`, noBody: false, wantsHeaders: false },
        {
          onAnswer({ httpStatus }) {
            if (httpStatus !== 200) throw new Error(`status ${httpStatus}`);
            done();
          },
          onNoAnswer(error) {
            throw error;
          },
        },
      );
    },
    close: () => connections.close(),
  };
}
