import { isAmazon } from "../s3/is-amazon.ts";

/**
 * Whether there is a place where functions can be invoked.
 * @param connection without a Lambda endpoint of its own, Amazon's Lambda serves a connection to Amazon's S3
 */
export const hasLambda = ({ endpoint, lambdaEndpoint }: { endpoint: string; lambdaEndpoint: string | null }): boolean =>
  lambdaEndpoint !== null || isAmazon(endpoint);
