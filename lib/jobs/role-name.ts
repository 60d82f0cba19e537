/** What a person calls an execution role: the end of its ARN. */
export const roleNameOf = (arn: string): string => arn.slice(arn.lastIndexOf(":role/") + 6) || arn;
