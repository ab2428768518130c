import { held } from './proof.ts'
import type { ProofOutcome } from './proof.ts'

const headings = ['proof', 'runs', 'lost', 'repeated', 'overwritten', 'stuck', 'time', '']

/** One line a proof, columns aligned; what failed, what was not run and what is worth knowing below. */
export function proofTable(outcomes: readonly ProofOutcome[]): string {
  const lines = [headings, ...outcomes.map(lineOf)]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  const rows = lines.map((line) => line.map(pad).join('  ').trimEnd())
  return [...rows, ...outcomes.flatMap(remarks)].join('\n')
}

function lineOf(outcome: ProofOutcome): string[] {
  if ('notRun' in outcome) return [outcome.name, '–', '–', '–', '–', '–', '–', 'not run']
  const time = `${(outcome.ms / 1000).toFixed(1)} s`
  if ('threw' in outcome) return [outcome.name, '–', '–', '–', '–', '–', time, 'FAILED']
  const { runs, lost, repeated, overwritten, stuck } = outcome.result
  const counts = [runs, lost, repeated, overwritten, stuck].map(String)
  return [outcome.name, ...counts, time, held(outcome) ? 'held' : 'FAILED']
}

function remarks(outcome: ProofOutcome): string[] {
  if ('notRun' in outcome) return ['', `${outcome.name}: not run: ${outcome.notRun}`]
  if ('threw' in outcome) return ['', `${outcome.name}: ${outcome.threw}`]
  const { failure, notes = [], runs } = outcome.result
  const told = [
    ...(failure === undefined ? [] : [failure]),
    ...(runs === 0 ? ['It tried nothing, so it proves nothing.'] : []),
    ...notes,
  ]
  return told.length === 0 ? [] : ['', ...told.map((line) => `${outcome.name}: ${line}`)]
}
