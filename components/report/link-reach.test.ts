import { expect, it } from "vitest";
import { whyOutOfReach } from "./link-reach.ts";

it.each([
  ["http://127.0.0.1:9000", "http://localhost:3000", null],
  ["http://[::1]:9000", "http://127.0.0.1:3000", null],
  ["http://127.0.0.1:9000", "https://longshore.example.com", /own machine/],
  ["http://localhost:9000", "http://10.0.0.5:3000", /own machine/],
  ["http://minio:9000", "http://10.0.0.5:3000", /inside the console's network/],
  ["http://minio:9000", "http://localhost:3000", null],
  ["http://s3.default.svc:9000", "http://10.0.0.5:3000", /inside the console's network/],
  ["http://10.0.0.7:9000", "http://10.0.0.5:3000", null],
  ["http://s3.example.com", "https://longshore.example.com", /without encryption/],
  ["https://s3.eu-west-1.amazonaws.com", "https://longshore.example.com", null],
])("of %s from %s", (endpoint, page, why) => {
  const found = whyOutOfReach(endpoint, new URL(page));
  if (why === null) expect(found).toBeNull();
  else expect(found).toMatch(why);
});
