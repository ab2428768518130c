import { format } from 'prettier'
import { byFamily } from './matrix.ts'
import type { Matrix } from './matrix.ts'
import type { Target } from './harness.ts'

const heads = { thehive3: 'TheHive 3', thehive4: 'TheHive 4', thehive5: 'TheHive 5' } as const

const introduction = `# Compatibility

What Forager does with each TheHive. Every "yes" is a set of checks, success and failure, that ran against a server of that
version over HTTP; every number is a reason, below, why that server cannot do it. Forager learns the same when it connects
and offers nothing the server cannot do.

TheHive 4 is spoken to from 4.1.16 on, and refused before that: earlier ones do not tell when an alert was read, promoted or merged.

This page is written by the contract suite: \`npm run test:contract -- -u\`.
`

/** The matrix as a page of Markdown, each reason once. */
export async function compatibilityDocument(matrix: Matrix): Promise<string> {
  const reasons: string[] = []
  const numbered = (reason: string): number => {
    if (!reasons.includes(reason)) reasons.push(reason)
    return reasons.indexOf(reason) + 1
  }
  const sections = byFamily(matrix.operations).flatMap(({ family, operations }) =>
    operations.length === 0 ? [] : [`## ${family}\n`, table(matrix, operations, numbered)],
  )
  const notes = reasons.map((reason, at) => `${at + 1}. ${reason}`).join('\n')
  const text = [introduction, ...sections, '## Why not\n', notes].join('\n')
  return format(text, { parser: 'markdown', printWidth: 110 })
}

function table(
  { targets, cell }: Matrix,
  operations: Matrix['operations'],
  numbered: (reason: string) => number,
): string {
  const shown = (operation: Matrix['operations'][number], target: Target): string => {
    const found = cell(operation, target)
    if (found === undefined) return ''
    return found.outcome === 'absent' ? `– (${numbered(found.reason)})` : 'yes'
  }
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(['Operation', ...targets.map(({ flavour, version }) => `${heads[flavour]}<br>${version}`)]),
    row(['---', ...targets.map(() => ':-:')]),
    ...operations.map((operation) => row([operation.name, ...targets.map((each) => shown(operation, each))])),
    '',
  ].join('\n')
}
