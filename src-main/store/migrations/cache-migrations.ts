import { firstShape } from './cache/010-first-shape.ts'
import { childrenAndCases } from './cache/020-children-and-cases.ts'
import { sweeps } from './cache/030-sweeps.ts'
import { packed } from './cache/040-packed.ts'
import { childrenSeen } from './cache/050-children-seen.ts'
import type { Migration } from './migration.ts'

export const cacheMigrations: readonly Migration[] = [
  firstShape,
  childrenAndCases,
  sweeps,
  packed,
  childrenSeen,
]
