const amazonHost = /(^|\.)amazonaws\.com(\.cn)?$/i;

/** Whether an endpoint is Amazon's own, rather than a store that speaks as it does. */
export const isAmazon = (endpoint: string): boolean => amazonHost.test(new URL(endpoint).hostname);
