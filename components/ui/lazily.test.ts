import { expect, it, vi } from "vitest";
import { lazily } from "./lazily.ts";

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
