/** What operators and reviewers say to each other about a job: events of its timeline, which nobody edits. */

/** The events that carry it. */
export const conversationTypes = ["comment", "send-back", "ask-again"] as const;

/** In UTF-16 units, as a text area counts. */
export const maxCommentLength = 2000;
/** Comments of one job: a page reads them all. */
export const maxComments = 200;
