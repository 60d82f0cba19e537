import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** The steps of app/globals.css that Tailwind does not know, which would pass for colours here. */
const merge = extendTailwindMerge({ extend: { theme: { text: ["note", "code"], shadow: ["overlay"] } } });

/** Joins class names; of two Tailwind classes for one property the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
