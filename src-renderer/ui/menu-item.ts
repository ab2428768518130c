/** One line of a menu. */
export type MenuItem = {
  id: string
  label: string
  /** Said before this line: what begins here. */
  heading?: string | undefined
  /** A line stands before it. */
  separated?: boolean | undefined
  hint?: string | undefined
  chord?: string | undefined
  /** The one in force now. */
  current?: boolean | undefined
  danger?: boolean | undefined
  /** True, or why not, in words. */
  allowed: true | string
  run: () => void
}
