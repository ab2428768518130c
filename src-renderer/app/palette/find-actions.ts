import Fuse from 'fuse.js'
import type { Action } from '../../state/action.ts'

/** Actions for what was typed, best first; all of them, in their own order, for nothing typed. */
export function findActions(actions: readonly Action[], typed: string): readonly Action[] {
  const text = typed.trim()
  if (text === '') return actions
  const fuse = new Fuse(actions, { keys: ['title', 'group'], threshold: 0.35, ignoreLocation: true })
  return fuse.search(text).map((found) => found.item)
}
