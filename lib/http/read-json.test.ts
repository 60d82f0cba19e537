import { expect, test } from "vitest";
import { readJson } from "./read-json.ts";

const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("a body is read as JSON, and an empty one as nothing", async () => {
  expect(await readJson(post('{"a":[1,"\\u00e9"]}'))).toEqual({ a: [1, "é"] });
  expect(await readJson(post(""))).toEqual({});
});

test.each([
  ["no JSON", "{", "not valid JSON"],
  ["NUL in a value", '{"a":{"b":["x\\u0000"]}}', "characters that are none"],
  ["NUL in a name", '{"a\\u0000":1}', "characters that are none"],
  ["half of a character", '["\\ud83d"]', "characters that are none"],
])("%s is refused", async (_name, body, message) => {
  await expect(readJson(post(body))).rejects.toMatchObject({ code: "InvalidRequest", message: expect.stringContaining(message) });
});

test("a body without end is not read to its end", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  await expect(readJson(post(endless))).rejects.toMatchObject({ message: expect.stringContaining("longer than") });
  expect(sent).toBeLessThan(30);
});
