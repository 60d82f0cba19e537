import { expect, test } from "vitest";
import { clientAddress, isProxyRange } from "./client-address.ts";
import { keepPeer, peerHeader } from "./peer.ts";

const from = (peer: string | null, forwarded: string | null, proxies: string[] = []) =>
  clientAddress(new Headers({ ...(peer !== null && { [peerHeader]: peer }), ...(forwarded !== null && { "x-forwarded-for": forwarded }) }), proxies);

test.each<[string, string | null, string | null, string[], string | null]>([
  ["nobody is believed unless he is said to be a proxy", "203.0.113.7", "198.51.100.1", [], "203.0.113.7"],
  ["a proxy's word counts", "10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"],
  ["what a client wrote before it does not", "10.0.0.1", "1.1.1.1, 198.51.100.1", ["10.0.0.1"], "198.51.100.1"],
  ["proxies may stand in a row", "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"],
  ["somebody else's proxy is the client", "203.0.113.7", "198.51.100.1", ["10.0.0.0/8"], "203.0.113.7"],
  ["what is no address ends it", "10.0.0.1", "<script>, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.2"],
  ["a proxy that says nothing is told itself", "10.0.0.1", null, ["10.0.0.1"], "10.0.0.1"],
  ["IPv4 that came by an IPv6 socket", "::ffff:10.0.0.1", "198.51.100.1", ["10.0.0.1"], "198.51.100.1"],
  ["IPv6 in brackets, with a port", "::1", "[2001:DB8::7]:443", ["::1"], "2001:db8::7"],
  ["IPv4 with a port", "::1", "198.51.100.1:5000", ["::1/128"], "198.51.100.1"],
  ["no socket's address", null, "198.51.100.1", ["10.0.0.1"], null],
])("%s", (_what, peer, forwarded, proxies, expected) => expect(from(peer, forwarded, proxies)).toBe(expected));

test("nobody but the socket says whose connection it is", () => {
  const request = { headers: { [peerHeader]: "1.1.1.1" }, socket: { remoteAddress: "203.0.113.7" } };
  keepPeer(request);
  expect(request.headers[peerHeader]).toBe("203.0.113.7");
  const nameless = { headers: { [peerHeader]: "1.1.1.1" }, socket: {} };
  keepPeer(nameless);
  expect(nameless.headers[peerHeader]).toBeUndefined();
});

test.each([
  ["10.0.0.0/8", true],
  ["::1", true],
  ["2001:db8::/32", true],
  ["10.0.0.0/33", false],
  ["10.0.0.0/8/8", false],
  ["10.0.0.0/", false],
  ["proxy.example.com", false],
])("%s is an address or a network: %s", (text, expected) => expect(isProxyRange(text)).toBe(expected));
