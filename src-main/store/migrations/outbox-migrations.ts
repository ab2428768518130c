import { firstShape } from './outbox/010-first-shape.ts'
import { places } from './outbox/020-places.ts'
import type { Migration } from './migration.ts'

export const outboxMigrations: readonly Migration[] = [firstShape, places]
