import { Readable } from 'node:stream'
import { expect } from 'vitest'
import type { TheHiveServer, Upload } from '#main/thehive/port.ts'
import type { Alert, AlertInput } from '#shared/model/alert.ts'
import type { CaseInput } from '#shared/model/case.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import type { ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import { noInline } from './inputs.ts'
import { freshInput, keys, signal } from './harness.ts'
import type { Harness, Target } from './harness.ts'
import type { Check } from './contract.ts'

type Act = (harness: Harness, server: TheHiveServer) => Promise<unknown>

/** An alert made for one check. */
export const made = ({ server }: Harness, change: Partial<AlertInput> = {}): Promise<Alert> =>
  server.createAlert(freshInput(change), noInline, signal)

/** The alert as the server has it now. */
export async function now({ server }: Harness, id: string): Promise<Alert> {
  const alert = await server.alert(id, signal)
  if (alert === undefined) throw new Error(`The server has no alert ${id}`)
  return alert
}

/** An id of the right form that no server gave. */
export const nobodysId = ({ flavour }: Target): string =>
  flavour === 'thehive3' ? 'f'.repeat(32) : '~999999999'

/** The act is refused as one of `kinds`. */
export const isRefused =
  (act: Act, ...kinds: ErrorKind[]): Check =>
  async (harness) => {
    const failure: unknown = await act(harness, harness.server).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(Error)
    expect(kinds).toContain((failure as { kind?: ErrorKind }).kind)
  }

/** Somebody who may only read is refused as forbidden, and nothing happened. */
export const isForbiddenToReaders =
  (act: Act): Check =>
  async (harness) => {
    const reader = await harness.connectAs(keys.reader)
    const failure: unknown = await act(harness, reader).catch((thrown: unknown) => thrown)
    await reader.close()
    expect(failure).toMatchObject({ kind: 'forbidden' })
    const theirs = harness.hive.events().filter(({ user }) => user === reader.session.login)
    expect(theirs.length).toBeGreaterThan(0)
    expect(theirs.flatMap((event) => event.effects)).toEqual([])
  }

/** The server breaks down: a typed error, not an empty answer. */
export const isTypedWhenTheServerFails =
  (act: Act): Check =>
  async (harness) => {
    harness.hive.faults.set({ failNext: [{ action: 'status', status: 503 }] })
    const failure: unknown = await act(harness, harness.server).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ kind: 'server-error', details: { status: 503 } })
  }

/** Where the flavour lacks it: refused by the adapter itself, no request leaves. */
export const isRefusedUnsent =
  (act: Act): Check =>
  async (harness) => {
    const before = harness.hive.events().length
    await expect(act(harness, harness.server)).rejects.toMatchObject({
      kind: 'rejected',
      details: { sent: false },
    })
    expect(harness.hive.events()).toHaveLength(before)
  }

export function effects({ hive }: Harness): number {
  return Object.values(hive.effects()).reduce((sum, count) => sum + count, 0)
}

const marks: ObservableMarks = { tlp: 'red', pap: 'green', tags: ['seen'], ioc: true, sighted: true }

/** Marks that differ from every default; observables of TheHive 3 and 4 carry no PAP, and amber stands for none. */
export const marksOf = ({ flavour }: Target): ObservableMarks =>
  flavour === 'thehive5' ? marks : { ...marks, pap: 'amber' }

export const domains = (...data: string[]): ObservableValue[] =>
  data.map((one) => ({ dataType: 'domain', data: one }))

export const upload = (
  name: string,
  bytes: Uint8Array,
  contentType = 'application/octet-stream',
): Upload => ({
  name,
  contentType,
  size: bytes.length,
  open: () => Readable.from([Buffer.from(bytes)]),
})

/** Adds domains with the target's marks; their ids in the order given. */
export async function addDomains(
  { server, target }: Harness,
  alertId: string,
  ...data: string[]
): Promise<string[]> {
  const item = { values: domains(...data), marks: marksOf(target) }
  const { added } = await server.addValues(alertId, item, signal)
  return data.map((one) => added.find((each) => each.data === one)?.id ?? '')
}

/** A case made from an alert that shows these domains. */
export async function withCase(
  harness: Harness,
  data: readonly string[] = [],
): Promise<{ alertId: string; caseId: string }> {
  const { id: alertId } = await made(harness)
  if (data.length > 0) await addDomains(harness, alertId, ...data)
  return { alertId, caseId: (await harness.server.promote(alertId, {}, signal)).id }
}

let count = 0
export function freshCase(): CaseInput {
  count += 1
  const markings = { severity: 2, tlp: 'amber', pap: 'amber' } as const
  return { title: `Case ${count}`, description: 'What is known.', ...markings, tags: [] }
}
