import { env } from "../env.ts";
import { remember } from "../scrub.ts";
import { open, seal } from "./secret-box.ts";

/** The installation's secret, and former ones while it is being changed. */
export const installationSecrets = (): readonly [string, ...string[]] => [env().LONGSHORE_SECRET, ...formerSecrets()];

export const formerSecrets = (): readonly string[] => env().LONGSHORE_SECRET_PREVIOUS ?? [];

/** A secret for the database, under the present key. */
export const sealSecret = (text: string): string => seal(text, env().LONGSHORE_SECRET);

/** @throws Error when none of the installation's secrets opens it */
export const openSecret = (sealed: string): string => remember(open(sealed, installationSecrets()));
