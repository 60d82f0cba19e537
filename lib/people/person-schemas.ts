import { z } from "zod";
import type { PersonRole } from "../auth/permissions.ts";

/** The rules of people's data, for the forms and for the API alike. */
const roles = ["viewer", "operator", "reviewer", "admin"] as const satisfies readonly PersonRole[];
const role = z.enum(roles, "must be viewer, operator, reviewer or admin");
const name = z.string().trim().min(1, "Enter a name by which others know the person").max(100, "has at most 100 characters");
const email = z.string().trim().toLowerCase().max(254, "has at most 254 characters").pipe(z.email("must be an e-mail address, such as ana@example.com"));
const token = z.string().max(200);

/** As better-auth is told as well: see lib/auth/auth.ts */
export const passwordLength = { min: 12, max: 128 } as const;
const newPassword = z
  .string()
  .min(passwordLength.min, `must have at least ${passwordLength.min} characters. A few words in a row are easy to keep in mind.`)
  .max(passwordLength.max, `has at most ${passwordLength.max} characters`);

export const inviteSchema = z.strictObject({ email, name, role });
export type InviteValues = z.input<typeof inviteSchema>;

export const updatePersonSchema = z.strictObject({ name, role }).partial();
export type UpdatePersonValues = z.input<typeof updatePersonSchema>;

export const updateAccountSchema = z.strictObject({ name });

export const acceptInvitationSchema = z.strictObject({ token, name, password: newPassword });
export type AcceptInvitationValues = z.input<typeof acceptInvitationSchema>;

export const resetPasswordSchema = z.strictObject({ token, password: newPassword });

export const changePasswordSchema = z.strictObject({
  present: z.string().min(1, "Enter the password that you have now").max(passwordLength.max),
  password: newPassword,
});
export type ChangePasswordValues = z.input<typeof changePasswordSchema>;
