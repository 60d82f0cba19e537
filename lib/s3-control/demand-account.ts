import { SignatureError } from "../auth/access-keys/signature-error.ts";

/**
 * Checks the account that most of AWS's clients put before the host: `123456789012.longshore.example.com`. The header that all
 * of them send is checked with the signature.
 * @throws SignatureError AccessDenied
 */
export function demandAccount(host: string | undefined, accountId: string): void {
  const inHost = /^(\d{12})\./.exec(host ?? "")?.[1];
  if (inHost !== undefined && inHost !== accountId) throw new SignatureError("AccessDenied");
}
