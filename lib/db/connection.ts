import pg from "pg";

/**
 * A connection whose end is told to the queries on it, and crashes nothing. A server that dies sends its last words right behind "ready",
 * to a connection that was just made and that nobody listens to yet; Node ends a process whose "error" nobody hears.
 */
export class Connection extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}
