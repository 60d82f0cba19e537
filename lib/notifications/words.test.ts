import { describe, expect, test } from "vitest";
import { mailMessage } from "./mail-message.ts";
import type { NotifiedJob } from "./notification-views.ts";
import { messageOf, notificationSecret, pingMessage } from "./webhook-message.ts";
import { bodyOf, hrefOf, oneLine, titleOf } from "./words.ts";

const job = (more: Partial<NotifiedJob> = {}): NotifiedJob => ({
  id: "11111111-1111-4111-8111-111111111111",
  status: "Suspended",
  description: "Weekly labels",
  operation: "S3PutObjectTagging",
  operationTitle: "Replace all object tags",
  dryRun: false,
  totalTasks: 12_345,
  succeededTasks: 0,
  failedTasks: 0,
  createdBy: "Ada",
  actor: "Longshore",
  detail: null,
  ...more,
});

test.each([
  ["plain", 10, "plain"],
  ["a\r\nBcc: x@example.com", 99, "a Bcc: x@example.com"],
  ["\u202Egnp\u200B", 99, "gnp"],
  ["  many   spaces\t", 99, "many spaces"],
  ["😀😀😀😀", 3, "😀😀…"],
])("%j in one line of %i is %j", (text, max, line) => expect(oneLine(text, max)).toBe(line));

describe("what is said", () => {
  test.each([
    [
      "awaiting",
      {},
      "Awaiting confirmation: Weekly labels",
      "Replace all object tags, on 12,345 objects, by Ada. Nothing runs until somebody has confirmed it.",
    ],
    ["awaiting", { description: "", dryRun: true }, "Awaiting confirmation: Replace all object tags", /^Dry run\. Replace/],
    ["sentBack", { actor: "Rita", detail: "Not the\narchive" }, "Sent back: Weekly labels", "Rita asks for a change before it may run. Not the archive"],
    [
      "paused",
      { status: "Pausing", detail: "STS refuses. Then resume the job." },
      "Paused: Weekly labels",
      "Somebody has to mend something before it can go on. STS refuses. Then resume the job.",
    ],
    ["finished", { status: "Complete", succeededTasks: 12_345 }, "Finished: Weekly labels", "12,345 of 12,345 objects succeeded, 0 failed."],
    ["finished", { status: "Complete", succeededTasks: 12_343, failedTasks: 2 }, "Finished with failures: Weekly labels", /2 failed\.$/],
    ["finished", { status: "Cancelled", actor: "Rita" }, "Cancelled: Weekly labels", /^Rita ended it\. 0 of/],
    ["failed", { status: "Failed", detail: "The manifest has changed" }, "Failed: Weekly labels", /failed\. The manifest has changed$/],
  ] as const)("%s %j", (event, more, title, body) => {
    expect(titleOf(event, job(more))).toBe(title);
    if (typeof body === "string") expect(bodyOf(event, job(more))).toBe(body);
    else expect(bodyOf(event, job(more))).toMatch(body);
  });

  test("what needs a decision leads to the review, the rest to the job", () => {
    expect(hrefOf("awaiting", "1")).toBe("/jobs/1/review");
    expect(hrefOf("sentBack", "1")).toBe("/jobs/1/review");
    expect(hrefOf("failed", "1")).toBe("/jobs/1");
  });
});

describe("a mail", () => {
  const hostile = job({ description: `<img src=x onerror=alert(1)>\r\nBcc: all@example.com`, createdBy: "<b>Ada</b>" });
  test("escapes everything in its HTML, and breaks no line of its subject", () => {
    const { subject, html, text } = mailMessage({ event: "awaiting", job: hostile }, "https://console.example.com/x?y");
    expect(subject).toBe("Awaiting confirmation: <img src=x onerror=alert(1)> Bcc: all@example.com");
    expect(html).not.toMatch(/<img|<b>/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(html).toContain(`<a href="https://console.example.com/jobs/${job().id}/review">Review the job</a>`);
    expect(text).toContain(`Review the job: https://console.example.com/jobs/${job().id}/review`);
  });
  test("leads nowhere where the console's address is not known", () => {
    const { html, text } = mailMessage({ event: "failed", job: job({ status: "Failed" }) }, undefined);
    expect(html + text).not.toMatch(/href|http/);
  });
});

describe("a webhook's message", () => {
  const at = new Date("2026-11-28T12:00:00Z");
  test("says what happened to which job, and where it is looked at", () => {
    expect(JSON.parse(messageOf({ event: "finished", at, job: job({ status: "Complete" }) }, "https://c.example.com"))).toMatchObject({
      type: "job.finished",
      timestamp: "2026-11-28T12:00:00.000Z",
      data: { url: `https://c.example.com/jobs/${job().id}`, job: { id: job().id, status: "Complete", totalTasks: 12_345 }, actor: "Longshore" },
    });
    expect(JSON.parse(messageOf({ event: "awaiting", at, job: job() }, undefined))).toMatchObject({ type: "job.awaiting_confirmation", data: { url: null } });
    expect(JSON.parse(pingMessage(at))).toMatchObject({ type: "ping" });
  });
  test("is signed with a secret of that webhook alone", () => {
    const secret = notificationSecret({ id: "1", url: "https://a.example.com/x" }, "s".repeat(32));
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const others = [
      notificationSecret({ id: "2", url: "https://a.example.com/x" }, "s".repeat(32)),
      notificationSecret({ id: "1", url: "https://b.example.com/x" }, "s".repeat(32)),
      notificationSecret({ id: "1", url: "https://a.example.com/x" }, "t".repeat(32)),
    ];
    expect(others).not.toContain(secret);
    expect(notificationSecret({ id: "1", url: "https://a.example.com/y" }, "s".repeat(32))).toBe(secret);
  });
});
