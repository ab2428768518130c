import { packages, versionOf } from './clients/versions.ts'
import type { Compared } from './compare.ts'
import type { Counts } from './count.ts'

const shown = ['lost', 'doubled', 'again', 'overwritten', 'stuck', 'untrue', 'asked'] as const
const headings = ['', 'decisions', 'faults met', ...shown]
const perFaults = 10_000

/** One line a client: what was counted, and below it the same for 10,000 faults. */
export function peerLines(compared: readonly Compared[]): string[] {
  const rows = [headings, ...compared.flatMap(({ name, counts }) => [counted(name, counts), rate(counts)])]
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
  return [
    'the same decisions and misfortunes through each; only Forager’s line is judged',
    ...rows.map((row) => row.map(pad).join('  ')),
    'again: the same value or link written twice; untrue: said to be refused, but it took hold; asked: both values put before the analyst',
    ...compared.filter(({ counts }) => counts.lost > 0).map(toldLine),
    ...compared.filter(({ counts }) => counts.faultsOfReads > 0).map(readsLine),
    `with ${packages.map((name) => `${name} ${versionOf(name)}`).join(', ')}`,
  ]
}

const counted = (name: string, counts: Counts): string[] => [
  name,
  ...[counts.decisions, counts.faults, ...shown.map((key) => counts[key])].map(String),
]

const rate = (counts: Counts): string[] => [
  `  for ${perFaults.toLocaleString('en')} faults`,
  ...['', ''],
  ...shown.map((key) => String(Math.round((counts[key] * perFaults) / Math.max(1, counts.faults)))),
]

const toldLine = ({ name, counts }: Compared): string =>
  `${name} called ${counts.lostAndTold} of ${counts.lost} lost ones refused`

const readsLine = ({ name, counts }: Compared): string =>
  `${name} also asks: ${counts.faultsOfReads} more misfortunes met what it asked`
