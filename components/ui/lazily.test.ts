import { expect, it, vi } from "vitest";
import { lazily } from "./lazily.ts";
import { loadFailure } from "./load-failure.ts";

it("fetches once, tells who listens, and asks again after a failure", async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("offline")).mockResolvedValue("code");
  const lazy = lazily(load);
  const heard = vi.fn();
  const leave = lazy.subscribe(heard);
  lazy.ask();
  lazy.ask();
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
  expect(lazy.current()).toBeNull();
  await vi.waitFor(() => {
    lazy.ask();
    expect(lazy.current()).toBe("code");
  });
  expect(load).toHaveBeenCalledTimes(2);
  expect(heard).toHaveBeenCalledTimes(1);
  leave();
});

it("tells of what did not come where somebody waits for it, until it has come", async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("offline")).mockRejectedValueOnce(new Error("offline")).mockResolvedValue("code");
  const lazy = lazily(load);
  const failed = async (times: number) => {
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(times));
    await Promise.resolve();
    return loadFailure.current();
  };
  lazy.ask();
  expect(await failed(1)).toBe(false);
  lazy.ask(true);
  expect(await failed(2)).toBe(true);
  lazy.ask();
  expect(await failed(3)).toBe(false);
});
