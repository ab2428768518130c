import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Damage } from '../store/damage.ts'

/** Damage found at opening, in words: what happened, what Forager did, what the analyst can do. */
export function damageNotices(
  damages: readonly (Damage | undefined)[],
  unreadable: readonly { id: string; reason: string }[],
): ErrorData[] {
  const notices = damages.flatMap((damage) => (damage === undefined ? [] : [noticeOf(damage)]))
  if (unreadable.length === 0) return notices
  const count = unreadable.length === 1 ? 'One decision' : `${unreadable.length} decisions`
  return [
    ...notices,
    {
      kind: 'corrupt',
      message: `${count} in the outbox can no longer be read whole.`,
      did: 'Forager keeps them in the outbox file and does not send them; all others are sent as usual.',
      next: 'Look at the alerts you last decided about and decide again where something is missing.',
    },
  ]
}

const salvaged = 'Forager took over everything that could be read, row by row.'

/** The copy gets what is missing from the server, or, where there is none, from the outbox. */
const recoveredWords: Record<Damage['file'], Record<Damage['recovered'], string>> = {
  cache: {
    fresh: 'A new copy is being filled from the server.',
    backup: 'Forager went back to the last backup, and what you decided since took hold again.',
    salvaged,
    'without-journal': 'Forager opened it without them; from the server or your decisions they come again.',
  },
  outbox: {
    fresh: 'Nothing was left to read. Forager began an empty one.',
    backup: 'Forager went back to the last backup.',
    salvaged,
    'without-journal': 'Forager opened it without them, and sends nothing that may have been sent already.',
  },
}

const nextWords: Record<Damage['file'], string> = {
  cache: 'Look at what you last worked on, and do again what is missing.',
  outbox:
    'Look through the outbox: what Forager cannot be sure of waits there for you. Decide again where something is missing.',
}

function noticeOf({ file, kept, recovered, lost }: Damage): ErrorData {
  const what = file === 'cache' ? 'The local copy of the queue' : 'The file of your decisions'
  const isGone = recovered === 'fresh' && file === 'outbox' && kept === undefined
  const wrong =
    recovered === 'without-journal'
      ? `The newest changes to ${what.toLowerCase()} could not be read.`
      : `${what} was ${isGone ? 'gone' : 'damaged'}.`
  const losses = lost > 0 ? ` ${lost} entries could not be read anywhere.` : ''
  return {
    kind: 'corrupt',
    message: wrong + losses,
    did: recoveredWords[file][recovered] + (kept === undefined ? '' : ` The damaged file is kept: ${kept}`),
    next: recovered === 'fresh' && file === 'cache' ? 'There is nothing you need to do.' : nextWords[file],
  }
}
