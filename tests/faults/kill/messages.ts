/** The sorts of decision a victim makes; each leaves something on the server that bears the decision's key. */
export const sorts = ['comment', 'value', 'tag', 'alert', 'promotion', 'case'] as const
export type Sort = (typeof sorts)[number]

/** What a victim says on its standard output, a line of JSON each. */
export type Said =
  /** The first decision is next. */
  | { ready: true }
  /** Decides now; nobody has been told that it is safe. */
  | { tries: string; sort: Sort }
  /** The call has answered: safe from here on. */
  | { done: string }
  /** So many are still to be sent, fewer than before. */
  | { waiting: number }
  /** Nothing waits any more. */
  | { rested: true }

/** Handed over as one JSON argument. */
export type Orders = {
  /** The built core's entry. */
  core: string
  folder: string
  url: string
  keyHex: string
  /** Begins every key, so that no two lives use the same. */
  life: string
  /** `decide` until killed, or `rest`: send what waits and end. */
  task: 'decide' | 'rest'
}
