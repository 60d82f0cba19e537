import { getCACertificates } from "node:tls";

/** For a TLS connection: a private CA (PEM) besides the system's own; nothing without one. */
export const certificatesOf = ({ caCertificate }: { caCertificate?: string | null }): { ca?: string[] } =>
  caCertificate ? { ca: [...getCACertificates("default"), caCertificate] } : {};
