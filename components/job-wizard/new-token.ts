/** A ClientRequestToken of 128 random bits. `crypto.randomUUID` exists only on https and localhost. */
export const newToken = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
