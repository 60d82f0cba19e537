/** Figures as the tables show them. */

export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
export const fixed = (value: number, digits = 1): string => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
export const megabytes = (bytes: number): string => `${whole(bytes / 1e6)} MB`;
export const times = (ratio: number): string => `${fixed(ratio, ratio < 10 ? 2 : 1)}×`;
export const percent = (share: number): string => `${whole(share * 100)}%`;
export const ms = (seconds: number): string => `${whole(seconds * 1000)} ms`;
