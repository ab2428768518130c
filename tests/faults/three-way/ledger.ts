import type { Entity, Row, Write } from './shared-server.ts'

/** Fields in which every decision writes something of its own: a value, or a line of a text, that begins with its author. */
export const written: Record<Entity, readonly string[]> = {
  alert: ['title', 'assignee', 'externalLink', 'description', 'tags'],
  case: ['title', 'summary'],
  observable: ['message'],
  procedure: ['tactic'],
  comment: ['message'],
}

const unitsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split('\n') : []
const allUnits = (entity: Entity, row: Row | undefined): string[] =>
  written[entity].flatMap((field) => unitsOf(row?.[field]))

const authorOf = (unit: string): string | undefined => /^(ana|bo)-\d+$/.exec(unit)?.[1]

/** Who has seen what, who wrote what, and what went wrong. It knows nothing of how the product decides. */
export function ledger() {
  const seen = { ana: new Set<string>(), bo: new Set<string>() }
  const introduced = new Map<string, number>()
  const counts = { overwritten: 0, repeated: 0, merged: 0 }
  const problems: string[] = []
  return {
    ...{ counts, problems },
    see(by: string, value: unknown): void {
      for (const unit of unitsOf(value)) seen[by as 'ana' | 'bo'].add(unit)
    },
    /** Everything of the thing is on the screen, and is meant. */
    seeAll(by: string, entity: Entity, row: Row | undefined): void {
      for (const unit of allUnits(entity, row)) seen[by as 'ana' | 'bo'].add(unit)
    },
    told({ by, entity, before, after }: Write): void {
      const [was, is] = [allUnits(entity, before), allUnits(entity, after)]
      for (const unit of was) {
        const author = authorOf(unit)
        if (is.includes(unit) || author === undefined || author === by || seen[by as 'ana' | 'bo'].has(unit))
          continue
        counts.overwritten += 1
        problems.push(`${by} removed ${unit} of ${entity} without having seen it`)
      }
      const fresh = is.filter((unit) => !was.includes(unit) && authorOf(unit) === by)
      const isMerge = after !== undefined && fresh.length > 0 && is.some((unit) => isUnseen(unit, by, was))
      if (isMerge) counts.merged += 1
      for (const unit of fresh) introduced.set(unit, (introduced.get(unit) ?? 0) + 1)
    },
    /** Chosen once more over a colleague's: an attempt whose answer was lost may have been there before theirs. */
    mayAgain: (value: unknown) => void introduced.delete(String(value)),
    /** Values, not lines: a later text of the same author may bring a line back on purpose. */
    countRepeated(values: readonly string[]): void {
      for (const value of values) {
        if ((introduced.get(value) ?? 0) < 2) continue
        counts.repeated += 1
        problems.push(`${value} took hold ${introduced.get(value)} times`)
      }
    },
  }

  function isUnseen(unit: string, by: string, was: readonly string[]): boolean {
    const author = authorOf(unit)
    return author !== undefined && author !== by && was.includes(unit) && !seen[by as 'ana' | 'bo'].has(unit)
  }
}
export type Ledger = ReturnType<typeof ledger>
