import { S3ServiceException } from "@aws-sdk/client-s3";
import { expect } from "vitest";

/** Expects S3's answer to be that error. HEAD has no body, so its errors are known by the status alone. */
export async function expectError(work: Promise<unknown>, code: string, status: number): Promise<S3ServiceException> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof S3ServiceException)) throw error ?? new Error(`expected ${code}, and it succeeded`);
  expect({ code: error.name, status: error.$metadata.httpStatusCode }).toEqual({ code, status });
  return error;
}

/** Expects a status without caring for the code, as after HEAD and 304. */
export async function expectStatus(work: Promise<unknown>, status: number): Promise<void> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof S3ServiceException)) throw error ?? new Error(`expected the status ${status}, and it succeeded`);
  expect(error.$metadata.httpStatusCode).toBe(status);
}
