import { X509Certificate } from "node:crypto";
import { AppError } from "../errors.ts";
import type { CertificateView } from "./connection-views.ts";

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

const blocksOf = (pem: string): string[] => pem.match(block) ?? [];

/** The name that people know an authority by. */
function nameOf({ subject, fingerprint256 }: X509Certificate): string {
  const parts = new Map((subject ?? "").split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  return parts.get("CN") ?? parts.get("O") ?? `SHA-256 ${fingerprint256.slice(0, 23)}…`;
}

const refusal = (message: string, cause?: unknown): AppError =>
  new AppError("InvalidRequest", message, [{ path: "caCertificate", message }], cause === undefined ? {} : { cause });

/**
 * Checks what somebody pasted as certificates to trust.
 * @returns the certificates alone, without what stood around them; nothing for nothing
 * @throws AppError InvalidRequest when one cannot be read, or has expired
 */
export function demandCertificates<None extends null | undefined>(pem: string | None, now: Date): string | None {
  if (typeof pem !== "string") return pem;
  const blocks = blocksOf(pem);
  if (blocks.length === 0 || blocks.length !== pem.split("-----BEGIN ").length - 1)
    throw refusal("Not all of it could be read as certificates in PEM form. Paste each one whole, from its BEGIN line to its END line.");
  for (const [index, text] of blocks.entries()) {
    const which = blocks.length === 1 ? "The certificate" : `Certificate ${index + 1}`;
    const certificate = read(text, which);
    if (certificate.validToDate < now)
      throw refusal(`${which} (${nameOf(certificate)}) expired on ${certificate.validToDate.toISOString().slice(0, 10)}. Paste its successor.`);
  }
  return `${blocks.join("\n")}\n`;
}

function read(text: string, which: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw refusal(`${which} is damaged: it is no X.509 certificate. Copy it again, whole.`, error);
  }
}

/** What a stored text holds, to be shown. @param pem as demandCertificates returned it */
export const viewCertificates = (pem: string | null): CertificateView[] =>
  blocksOf(pem ?? "").map((text) => {
    const certificate = new X509Certificate(text);
    return { name: nameOf(certificate), expiresAt: certificate.validToDate.toISOString() };
  });
