import { firstShape } from './cache/010-first-shape.ts'
import type { Migration } from './migration.ts'

export const cacheMigrations: readonly Migration[] = [firstShape]
