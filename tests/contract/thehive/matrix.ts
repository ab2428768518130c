import { families } from './contract.ts'
import type { ContractOperation } from './contract.ts'
import type { Target } from './harness.ts'
import { targetName } from './harness.ts'

/** What one operation came to on one target; `absent` carries the reason. */
export type Cell = { outcome: 'pass' | 'fail' } | { outcome: 'absent'; reason: string }

/** Operation × target, filled while the suite runs. */
export function createMatrix(operations: readonly ContractOperation[], targets: readonly Target[]) {
  const cells = new Map<string, Cell>()
  const key = (operation: ContractOperation, target: Target) => `${operation.name}\n${targetName(target)}`
  const all = (): (Cell | undefined)[] =>
    operations.flatMap((operation) => targets.map((target) => cells.get(key(operation, target))))
  return {
    /** A check begins: it counts as failed until it has passed. */
    begin: (operation: ContractOperation, target: Target) => {
      const before = cells.get(key(operation, target))
      cells.set(key(operation, target), { outcome: 'fail' })
      return {
        passed: (cell: Cell) => {
          if (before?.outcome !== 'fail') cells.set(key(operation, target), cell)
        },
      }
    },
    cell: (operation: ContractOperation, target: Target) => cells.get(key(operation, target)),
    /** Whether every cell was reached, and every check passed. */
    complete: () => all().every((cell) => cell !== undefined && cell.outcome !== 'fail'),
    operations,
    targets,
  }
}

export type Matrix = ReturnType<typeof createMatrix>

/** The operations under their headings, in the order of the headings. */
export function byFamily(operations: readonly ContractOperation[]) {
  return families.map((family) => ({
    family,
    operations: operations.filter((operation) => operation.family === family),
  }))
}
