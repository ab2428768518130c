import type { ConflictView, OperationView } from '#shared/model/operation-view.ts'
import { longAge } from '../../ui/format/age.ts'

export const customPrefix = 'customFields.'

const names: Readonly<Record<string, string>> = {
  tlp: 'TLP',
  pap: 'PAP',
  caseId: 'Case',
  externalLink: 'Link',
  message: 'Words',
  ioc: 'IOC',
  impactStatus: 'Impact',
  ignoreSimilarity: 'Ignored for similarity',
  occurDate: 'Occurred',
  dataType: 'Type',
}

/** What a field is called on the screen. */
export function conflictField(field: string): string {
  if (field.startsWith(customPrefix)) return field.slice(customPrefix.length)
  return names[field] ?? field.replace(/^./, (letter) => letter.toUpperCase())
}

/** Who changed it, and when: of this very field where the server's trail says so. */
export function whoChanged({ theirsBy, theirsAt, theirsExact }: ConflictView, now: number): string {
  const when = theirsAt === undefined ? '' : ` ${longAge(theirsAt, now)}`
  if (theirsBy === undefined) return 'a colleague changed it'
  return theirsExact === true ? `${theirsBy} changed it${when}` : `last changed by ${theirsBy}${when}`
}

export const isDeletion = ({ kind }: Pick<OperationView, 'kind'>): boolean => kind.endsWith('.delete')

/** What each side means, where it is more than a value. */
export function caseWords(
  { kind }: Pick<OperationView, 'kind'>,
  theirs: string,
): { mine: string; theirs: string } {
  if (kind === 'alert.unlink')
    return {
      mine: `Out of ${theirs}, too. What was copied into it stays there.`,
      theirs: `It stays in ${theirs}.`,
    }
  const ours = kind === 'alert.promote' ? 'then promoted to a case of its own' : 'then merged into yours'
  const left =
    kind === 'alert.promote'
      ? 'What you decided about your new case goes there; your title and template are given up.'
      : 'Your merge is given up.'
  return {
    mine: `Out of ${theirs} first, ${ours}: two steps. What was copied into ${theirs} stays there.`,
    theirs: `It stays in ${theirs}. ${left}`,
  }
}

const oneLine = ['title', 'externalLink']
const manyLines = ['description', 'summary', 'message']
/** Shown as a text with what became of it: long words, and lists. */
export const isDiffed = (field: string): boolean => field === 'tags' || manyLines.includes(field)

const chosen = ['severity', 'tlp', 'pap']

/** How a field is edited here; undefined: it is mine or theirs. */
export function editorOf(
  { kind }: Pick<OperationView, 'kind'>,
  field: string,
): 'line' | 'text' | 'choice' | undefined {
  if (kind.endsWith('.delete') || kind === 'alert.read' || kind === 'alert.follow') return undefined
  if (oneLine.includes(field)) return 'line'
  if (manyLines.includes(field)) return 'text'
  return chosen.includes(field) ? 'choice' : undefined
}
