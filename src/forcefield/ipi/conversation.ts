// What was said so far over a connection. Whoever speaks keeps it, and hands it on with the connection.

export interface Conversation {
  /** Of the last call that was answered; null before. */
  atoms: number | null;
  /** The text of the last INIT; null where the client never asked for one. */
  told: string | null;
  /** False from a question to the end of its answer. */
  isAtRest: boolean;
}

export function createConversation(): Conversation {
  return { atoms: null, told: null, isAtRest: true };
}
