import { describe, expect, test } from "vitest";
import { parseRanges } from "./allowed-addresses.ts";
import { isForbiddenAddress, isForbiddenHost } from "./forbidden-address.ts";

const hostOf = (url: string): string => new URL(url).hostname;
const ranges = (text: string) => parseRanges(text) ?? [];

describe("as a URL writes it", () => {
  test.each([
    ["dotted", "http://169.254.169.254"],
    ["decimal", "http://2852039166"],
    ["octal", "http://0251.0376.0251.0376"],
    ["octal, with more zeros", "http://000251.00376.0251.0376"],
    ["hexadecimal", "http://0xA9.0xFE.0xA9.0xFE"],
    ["hexadecimal, in one", "http://0xA9FEA9FE"],
    ["mixed, in three", "http://169.0xfe.43518"],
    ["mixed, in two", "http://169.16689662"],
    ["with other digits", "http://①⑥⑨.②⑤④.169.254"],
    ["with a dot at the end", "http://169.254.169.254."],
    ["IPv4-mapped", "http://[::ffff:169.254.169.254]"],
    ["IPv4-mapped, hexadecimal", "http://[0:0:0:0:0:ffff:a9fe:a9fe]"],
    ["IPv4-compatible", "http://[::169.254.169.254]"],
    ["NAT64", "http://[64:ff9b::169.254.169.254]"],
    ["link-local", "http://[fe80::1]"],
    ["the last link-local", "http://[febf:ffff::1]"],
    ["EC2's", "http://[fd00:ec2::254]"],
    ["a pod's on EC2", "http://[fd00:ec2::23]"],
    ["Oracle's", "http://[fd00:c1::a9fe:a9fe]"],
    ["Scaleway's", "http://[fd00:42::42]"],
    ["EC2's, written out", "http://[fd00:0ec2:0:0:0:0:0:0254]"],
    ["Google's by name", "http://metadata.google.internal"],
    ["Google's by name, with a dot", "http://METADATA.google.internal."],
    ["unspecified", "http://0.0.0.0"],
    ["unspecified, short", "http://0"],
    ["unspecified, IPv6", "http://[::]"],
    ["unspecified, mapped", "http://[::ffff:0.0.0.0]"],
    ["Alibaba's", "http://100.100.100.200"],
    ["Oracle's", "http://192.0.0.192"],
    ["Azure's", "http://168.63.129.16"],
  ])("%s: %s is refused", (_how, url) => expect(isForbiddenHost(hostOf(url))).toBe(true));

  test.each([
    "http://127.0.0.1:9000",
    "http://localhost:9000",
    "http://[::1]:9000",
    "https://s3.eu-central-1.amazonaws.com",
    "http://10.0.0.5",
    "http://192.168.1.2",
    "http://[fd00::5]",
    "http://[::ffff:10.0.0.5]",
    "http://169.255.0.1",
    "http://169.253.255.255",
    "http://[2001:db8::a9fe:1]",
    "http://[fec0::1]",
  ])("%s is allowed", (url) => expect(isForbiddenHost(hostOf(url))).toBe(false));
});

describe("as DNS answers it", () => {
  test.each([
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "::ffff:0:a9fe:a9fe",
    "::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "64:ff9b:1:a9fe:a9:fe00::",
    "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe::1",
    "2001:0:1:1:0:0:5601:5601",
    "fd00::5efe:a9fe:a9fe",
    "2001:db8::200:5efe:169.254.169.254",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "fd20:ce::254",
    "0.0.0.0",
    "0.1.2.3",
    "::",
  ])("%s is refused", (address) => expect(isForbiddenAddress(address)).toBe(true));

  test.each([
    "127.0.0.1",
    "::1",
    "10.0.0.5",
    "fd00::5",
    "100.100.100.201",
    "2001:db8::a9fe:1",
    "64:ff9b::a00:5",
    "2002:a00:5::1",
    "not-an-address",
    "1.2.3",
    "1::2::3",
    "::g",
    "",
  ])("%j is allowed", (address) => expect(isForbiddenAddress(address)).toBe(false));
});

describe("what the operator allows", () => {
  test.each([
    ["169.254.10.7", "169.254.10.0/24", false],
    ["169.254.11.7", "169.254.10.0/24", true],
    ["::ffff:169.254.10.7", "169.254.10.0/24", false],
    ["64:ff9b::a9fe:a07", "169.254.10.0/24", false],
    ["169.254.10.7", "fe80::/10, 169.254.10.7", false],
    ["fe80::1", "fe80::/10", false],
    ["fe80::1", "169.254.0.0/16", true],
    ["169.254.169.254", "0.0.0.0/0", false],
    ["169.254.10.127", "169.254.10.0/25", false],
    ["169.254.10.128", "169.254.10.0/25", true],
  ])("%s with %s: refused is %s", (address, allowed, refused) => expect(isForbiddenAddress(address, ranges(allowed))).toBe(refused));

  test.each(["169.254.0.0/33", "fe80::/129", "fe80::/x", "host", "1.2.3.4/", "1.2.3.4/8/8"])("%j is no network", (text) =>
    expect(parseRanges(text)).toBeNull(),
  );
  test("nothing at all is nothing", () => expect(parseRanges(" , ")).toEqual([]));
});
