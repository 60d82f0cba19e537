/** Codes of Node's sockets and of undici for a connection that was cut or timed out, or a name that does not resolve just now. */
const passing =
  "ECONN\\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST\\w+|ENET\\w+|EADDRNOTAVAIL|EMFILE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_(?:SOCKET|\\w+_TIMEOUT)";
/** Codes for a certificate that is not trusted, or an endpoint that speaks no TLS. */
const secure = "ERR_TLS\\w+|ERR_SSL\\w+|CERT_\\w+|DEPTH_ZERO\\w+|SELF_SIGNED\\w+|UNABLE_TO\\w+";

/** What another try may find gone. */
export const passingCode = new RegExp(`^(?:${passing})$`);
/** The network's trouble of any kind, rather than an answer or a mistake of ours. */
export const networkCode = new RegExp(`^(?:${passing}|${secure})$`);
