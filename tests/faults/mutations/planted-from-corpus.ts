import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kept } from '../simulation/corpus.ts'
import type { Script } from '../simulation/script.ts'
import type { Planted } from './planted.ts'

const kept = (file: string): Script[] => {
  const path = join(import.meta.dirname, '../corpus', `${file}.json`)
  return [(JSON.parse(readFileSync(path, 'utf8')) as Kept).script]
}

/** Defects the program once had: the history that found each finds it again. */
export const plantedFromCorpus: readonly Planted[] = [
  {
    name: 'what a look showed kept to itself',
    file: 'src-main/sync/kinds/refresh.ts',
    from: 'return mustHave(await seenAlert(alertId, context),',
    to: 'return mustHave(await context.server.alert(alertId, context.signal),',
    scripts: [...kept('looked-at-for-another'), ...kept('decided-after-a-look')],
  },
  {
    name: 'Retry-After ignored where it is asked who deleted it',
    file: 'src-main/sync/what-is-gone.ts',
    from: 'if (isNoAnswer && askedMs(error) === undefined)',
    to: 'if (isNoAnswer && askedMs(error) !== 0)',
    scripts: [...kept('pause-asked-by-the-trail-late'), ...kept('pause-asked-by-the-trail-soon')],
  },
  {
    name: 'a pause asked for between look and send not heeded',
    file: 'src-main/sync/heed-stops.ts',
    from: 'if (isStopped()) return',
    to: 'if (isStopped() && left) return',
    scripts: kept('pause-between-look-and-send'),
  },
  {
    name: 'what could not be read back left over what was',
    file: 'src-main/sync/read-back.ts',
    from: 'readInOrder(mine, ({ id }) => read.has(id))',
    to: 'mine.slice(-1)',
    scripts: [
      ...kept('not-read-back-before-the-next-after-a-late-look'),
      ...kept('not-read-back-before-the-next-after-a-late-refusal'),
    ],
  },
  {
    name: 'what left one after the other asked about together',
    file: 'src-main/domain/parcel.ts',
    from: 'return !isElsewhere && first.firstSentAt === next.firstSentAt',
    to: 'return !isElsewhere',
    scripts: kept('edits-in-doubt-one-after-the-other'),
  },
  {
    name: 'what was wanted in between taken for the outcome',
    file: 'src-main/domain/conflicts.ts',
    from: "some(({ state }) => state !== 'sending')",
    to: 'some(({ state }) => state.length > 0)',
    scripts: kept('fold-that-did-not-take-hold'),
  },
  {
    name: 'a look that is refused told as a refusal',
    file: 'src-main/sync/attempt.ts',
    from: "if ('error' in outcome && saysNothing(outcome.error))",
    to: "if ('error' in outcome && letter.askOnly && saysNothing(outcome.error))",
    scripts: kept('look-refused-in-doubt'),
  },
  {
    name: 'how long ago an attempt left told by our clock',
    file: 'src-main/sync/late.ts',
    from: 'const there = (now: ByClock): number => serverNow(timedBy(now))',
    to: 'const there = (now: ByClock): number => earliestNow(timedBy(now))',
    scripts: kept('clock-behind-and-set-right-in-doubt'),
  },
  {
    name: 'a refused attempt told while the one before may take hold',
    file: 'src-main/sync/attempt.ts',
    from: 'if (!isRefusal(outcome.error) || forMs === 0)',
    to: 'if (!isRefusal(outcome.error) || forMs >= 0)',
    scripts: kept('refused-before-the-first-took-hold'),
  },
  {
    name: 'what a conflict changes besides waited for by nobody',
    file: 'src-main/domain/next-operation.ts',
    from: 'return changedFields(earlier).some(',
    to: "return Object.keys('change' in earlier.payload ? earlier.payload.change : {}).some(",
    scripts: kept('assigned-behind-a-closing-in-conflict'),
  },
  {
    name: 'new ground not compared',
    file: 'src-main/sync/attempt.ts',
    from: 'if (letter.operation.mustCompare !== true) return sent(letter, context)',
    to: "if (letter.operation.id !== '') return sent(letter, context)",
    scripts: kept('ground-given-up-after-it-was-compared'),
  },
  {
    name: 'a conflict of several as one forgotten',
    file: 'src-main/sync/settle.ts',
    from: "members.length > 1 && ('conflict' in outcome || 'merged' in outcome)",
    to: "members.length > 99 && ('conflict' in outcome || 'merged' in outcome)",
    scripts: kept('conflict-of-two-edits-as-one'),
  },
  {
    name: 'what took hold in part taken for what did not',
    file: 'src-main/sync/kinds/observable-values.ts',
    from: 'there.length > before.length ? afterSome(add) : add()',
    to: 'there.length > before.length ? add() : afterSome(add)',
    scripts: kept('values-of-two-types-and-a-refused-key'),
  },
  {
    name: 'what a colleague had added told as refused',
    file: 'src-main/sync/kinds/observable-values.ts',
    from: 'missing.has(data) || !given.has(data)',
    to: "missing.has(data) || data !== ''",
    scripts: kept('refused-value-that-a-colleague-added'),
  },
  {
    name: 'what is taken up waits on for its moment',
    file: 'src-main/sync/outbox-runner.ts',
    from: 'operation.notBefore > now ? operation.notBefore : dueAtOnce(operation, now)',
    to: 'operation.notBefore < 0 ? dueAtOnce(operation, now) : operation.notBefore',
    scripts: kept('taken-up-by-a-clock-a-day-ahead'),
  },
  {
    name: 'an edit of a waiting decision not compared anew',
    file: 'src-main/domain/edited-operation.ts',
    from: 'return { operation: comparedFirst(operation), changed: moved }',
    to: 'return { operation: comparedFirst === undefined ? before : operation, changed: moved }',
    scripts: kept('edited-after-a-colleague-wanted-the-same'),
  },
]
