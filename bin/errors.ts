/** Something the person who started a command can act on: its message is all that is printed. */
export class StartError extends Error {
  override name = "StartError";
}
