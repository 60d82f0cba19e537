import type { ExternalToast } from "sonner";
import { lazily } from "./lazily.ts";
import { listening } from "./toaster-listening.ts";

/** components/ui/toaster.tsx shows what is said here. */
export const toasterParts = lazily(() => import("./toaster-parts.tsx"));

type Kind = "message" | "success" | "info" | "warning" | "error" | "loading";

async function say(kind: Kind, title: string, options: ExternalToast | undefined): Promise<void> {
  toasterParts.ask();
  await listening;
  (await import("sonner")).toast[kind](title, options);
}

const sayer =
  (kind: Kind) =>
  (title: string, options?: ExternalToast): void =>
    void say(kind, title, options);

/** Says something in passing, at the top of the page. The code that shows it comes after the page's own. */
export const toast = Object.assign(sayer("message"), {
  success: sayer("success"),
  info: sayer("info"),
  warning: sayer("warning"),
  error: sayer("error"),
  loading: sayer("loading"),
  dismiss: async (id: string | number): Promise<void> => void (await import("sonner")).toast.dismiss(id),
});

/** Something was done that can be taken back: ten seconds for a second thought. */
export const toastUndo = (title: string, undo: () => void, options?: ExternalToast): void =>
  toast.success(title, { duration: 10_000, ...options, action: { label: "Undo", onClick: undo } });
