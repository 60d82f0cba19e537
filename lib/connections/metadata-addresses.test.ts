import { expect, test } from "vitest";
import { isMetadataAddress } from "./metadata-addresses.ts";

test.each([
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "::ffff:0:a9fe:a9fe",
  "::a9fe:a9fe",
  "64:ff9b::a9fe:a9fe",
  "2002:a9fe:a9fe::1",
  "fe80::1%eth0",
  "fd00:ec2::254",
  "fd20:ce::254",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
])("%s is refused", (address) => expect(isMetadataAddress(address)).toBe(true));

test.each(["127.0.0.1", "::1", "10.0.0.5", "fd00::5", "169.255.0.1", "100.100.100.201", "2001:db8::a9fe:1", "not-an-address"])("%s is allowed", (address) =>
  expect(isMetadataAddress(address)).toBe(false),
);
