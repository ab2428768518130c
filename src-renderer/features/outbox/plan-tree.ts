import type { OperationView } from '#shared/model/operation-view.ts'

/** A line of the plan; `depth` is how far it is indented beneath what it was built on. */
export type PlanLine = { operation: OperationView; depth: number }

/** Deeper ones are not indented any further: the line has to keep its room. */
const deepest = 4

/** The order of sending, with whatever was built on a decision right beneath it. What stands elsewhere indents nothing. */
export function planLines(operations: readonly OperationView[]): PlanLine[] {
  const here = new Set(operations.map(({ id }) => id))
  const beneath = Map.groupBy(operations, ({ under }) =>
    under !== undefined && here.has(under) ? under : '',
  )
  const lines: PlanLine[] = []
  const open = (beneath.get('') ?? []).map((operation) => ({ operation, depth: 0 })).toReversed()
  for (let line = open.pop(); line !== undefined; line = open.pop()) {
    lines.push(line)
    const depth = Math.min(deepest, line.depth + 1)
    for (const operation of (beneath.get(line.operation.id) ?? []).toReversed())
      open.push({ operation, depth })
  }
  return lines
}
