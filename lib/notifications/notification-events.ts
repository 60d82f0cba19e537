/** As the database's NotificationEvent has them, in the order of a job's life. */
export const notificationEvents = ["awaiting", "sentBack", "paused", "finished", "failed"] as const;
/** Of whose jobs a person is told. */
export const scopes = ["off", "mine", "all"] as const;
export type Scope = (typeof scopes)[number];
