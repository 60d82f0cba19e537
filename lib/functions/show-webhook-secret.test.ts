import { expect, it, vi } from "vitest";
import type { PersonRole } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { showWebhookSecret } from "./show-webhook-secret.ts";
import { webhookSecret } from "./webhook-signature.ts";

const installation = "an installation's secret of 32 characters";
vi.stubEnv("LONGSHORE_SECRET", installation);
vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
vi.stubEnv("LONGSHORE_LOG_LEVEL", "error");
const create = vi.fn();
const as = (role: PersonRole) => ({ caller: { userId: null, name: role, role }, db: { auditEntry: { create } }, now: () => new Date(0) }) as unknown as Context;

it("tells administrators, and nobody else; and the audit trail, without the secret", async () => {
  const url = "https://hooks.example.com:8443/a?b";
  expect(await showWebhookSecret(as("admin"), { url })).toEqual({ origin: "https://hooks.example.com:8443", secret: webhookSecret(url, installation) });
  for (const role of ["viewer", "operator", "reviewer"] as const)
    await expect(showWebhookSecret(as(role), { url })).rejects.toMatchObject({ code: "Forbidden" });
  expect(create).toHaveBeenCalledOnce();
  expect(create.mock.lastCall?.[0]).toMatchObject({ data: { actor: "admin", action: "webhook.secret", targetName: "https://hooks.example.com:8443" } });
  expect(JSON.stringify(create.mock.lastCall)).not.toContain(webhookSecret(url, installation));
});
