import { firstShape } from './outbox/010-first-shape.ts'
import type { Migration } from './migration.ts'

export const outboxMigrations: readonly Migration[] = [firstShape]
