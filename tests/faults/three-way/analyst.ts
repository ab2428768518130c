import type { Alert } from '#shared/model/alert.ts'
import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { Operation, OperationKind, PayloadOf } from '#shared/model/operation.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import type { ServiceContext } from '#main/services/context.ts'
import { localSession } from '#main/services/local-workspace.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { readSettings } from '#main/services/settings.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import { drain } from '#main/sync/outbox-runner.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { chosen } from '#tests/support/chosen.ts'
import { anOperation } from '#tests/support/make.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'
import { ids } from './shared-server.ts'
import type { Row, SharedServer } from './shared-server.ts'

const silent = { changed: () => undefined, outboxChanged: () => undefined }

/** The cache answers an ingest as it does where something waits on the alert; what it stores is nobody's question here. */
const cache = new Proxy({} as SyncCache, {
  get: (_, method) =>
    method === 'then'
      ? undefined
      : (...args: unknown[]) =>
          Promise.resolve(
            method === 'ingestAlerts'
              ? { changed: [], arrived: 0, underPending: args[0] as Alert[] }
              : undefined,
          ),
})

/** One of two who work on the same things: the real book, runner and choices, on a server that both share. */
export function analyst(login: string, shared: SharedServer) {
  const outbox = memoryOutbox()
  const server = shared.as(login)
  let now = 6_000
  let count = 0
  const open = () => new OperationBook(outbox, cache, silent)
  const self = { login, outbox, book: open() }
  const context = () =>
    ({
      book: self.book,
      session: () => localSession({ id: 'p', kind: 'local', name: 'acme' }),
      settings: () => readSettings(outbox),
      now: () => now,
      newId: () => `${login}-${(count += 1)}`,
      queued: () => undefined,
    }) as unknown as ServiceContext
  return Object.assign(self, {
    /** `seen` is what is on the screen at that moment. */
    async decide<K extends OperationKind>(
      kind: K,
      payload: PayloadOf<K>,
      seen: Row | undefined,
    ): Promise<string> {
      const id = `${login}-${(count += 1)}`
      const base = baseFor({ kind, payload } as Operation, seen)
      const alertId = kind.startsWith('case.') ? ids.case : ids.alert
      await self.book.append([anOperation(kind, payload, { id, base, alertId, author: login })])
      return id
    },
    pull(): void {
      const { alert } = shared.rows
      if (alert !== undefined) self.book.noteServerState([structuredClone(alert) as unknown as Alert])
    },
    /** Later by an hour, so that whatever waits for its time may go. */
    drain() {
      now += 3_600_000
      const clock = { now: () => now, random: () => 0, sleep: () => Promise.resolve() }
      const specimens = { upload: () => Promise.reject(new Error('no files here')) }
      const signal = new AbortController().signal
      return drain({ server, cache, clock, pending: self.book, specimens, signal })
    },
    restart: () => void (self.book = open()),
    inConflict: () => self.book.all().filter(({ state }) => state === 'conflict'),
    choose: (operation: Operation, choice: ConflictChoice) =>
      resolveConflict(chosen(operation, choice), context()),
  })
}
export type Analyst = ReturnType<typeof analyst>
