"use client";
import { lazily, useLazy } from "../ui/lazily.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import type { NewPasswordFormProps } from "./new-password-form.tsx";

const form = lazily(() => import("./new-password-form.tsx"));

/** The page stands while the form comes, which brings its checks along. */
export function NewPasswordForm(props: NewPasswordFormProps) {
  const loaded = useLazy(form, true);
  return loaded ? <loaded.NewPasswordForm {...props} /> : <Skeleton className="h-72 w-full" />;
}
