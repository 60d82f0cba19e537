import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Layer, LayerLoad } from "./layer.ts";
import { requestMaker } from "./request.ts";

/** No HTTP client at all: the least that Node can do for a request. It would not survive a server that answers differently. */
export async function openRawSocket(load: LayerLoad, signed: boolean): Promise<Layer> {
  const { hostname, port } = new URL(load.endpoint);
  const make = requestMaker(load, signed);
  const bodyText = make("any").body.toString("latin1");
  const waiting = new Map<Socket, () => void>();
  const free: Socket[] = [];
  const all: Socket[] = [];
  for (let number = 0; number < load.inFlight; number += 1) {
    const socket = connect(Number(port), hostname).setNoDelay(true).setEncoding("latin1");
    await once(socket, "connect");
    let answer = "";
    socket.on("data", (piece: string) => {
      answer += piece;
      if (!answer.endsWith("\r\n\r\n")) return;
      if (!answer.startsWith("HTTP/1.1 200") || !answer.includes("\r\nContent-Length: 0\r\n")) throw new Error(answer);
      answer = "";
      free.push(socket);
      waiting.get(socket)?.();
    });
    free.push(socket);
    all.push(socket);
  }
  return {
    send(key, done) {
      const { method, path, headers } = make(key);
      const socket = free.pop() as Socket;
      waiting.set(socket, done);
      socket.write(`${method} ${path} HTTP/1.1\r\n${headers}\r\n${bodyText}`, "latin1");
    },
    close: () => {
      for (const socket of all) socket.destroy();
    },
  };
}
