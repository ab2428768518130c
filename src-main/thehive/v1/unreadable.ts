/** Why a filter of the server's cannot be said in Forager's words: the message is shown as it is. */
export class Unreadable extends Error {}
