import { expect, it } from "vitest";
import { signatureHeaders, webhookSecret } from "./webhook-signature.ts";

const installation = "an installation's secret of 32 characters";

it("signs as Standard Webhooks does", () => {
  // The example of its specification.
  const headers = signatureHeaders("msg_p5jXN8AQM9LWM0D4loKWxJek", '{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1_614_265_330_000);
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("gives each receiver a secret of its own, whatever its paths", () => {
  const secret = webhookSecret("https://hooks.example.com/a?b", installation);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhookSecret("https://HOOKS.example.com:443/other", installation)).toBe(secret);
  for (const other of ["https://hooks.example.com:8443/a", "http://hooks.example.com/a", "https://example.com/a"])
    expect(webhookSecret(other, installation)).not.toBe(secret);
  expect(webhookSecret("https://hooks.example.com/a", `${installation}!`)).not.toBe(secret);
});
