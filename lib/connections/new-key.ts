import { AppError } from "../errors.ts";

/** A stored secret belongs to its key. @throws AppError InvalidRequest */
export function demandSecretForNewKey(stored: string, entered: string, secret: string | undefined): void {
  if (stored === entered || secret !== undefined) return;
  const message = "Enter the secret of the new access key: the stored one belongs to the former key.";
  throw new AppError("InvalidRequest", message, [{ path: "secretAccessKey", message }]);
}
