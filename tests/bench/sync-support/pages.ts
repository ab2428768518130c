import { connectServer } from '#main/core/server-factory.ts'
import type { PageRequest, ReadPage } from '#main/domain/page.ts'
import { fillPageRows } from '#main/sync/first-fill.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { readAlertPage, readObservablePage } from '#main/thehive/v1/page-reader.ts'
import type { StandInProcess } from './stand-in-process.ts'

export type Pages = {
  /** Every page of a first fill as the server sends it, alerts first. */
  bodies: Uint8Array[]
  alerts: number
  observables: number
  /** Milliseconds from asking to the last byte, a page, the server's cache warm. */
  alertPageMs: number[]
  observablePageMs: number[]
}

type Read = (bytes: Uint8Array, request: PageRequest) => ReadPage<unknown>
type Fetch = (request: PageRequest, signal: AbortSignal) => Promise<Uint8Array>

/** Asks for the pages of a first fill twice: once so that the server has made every record's JSON, once to keep and time them. */
export async function collectPages({ connection }: StandInProcess): Promise<Pages> {
  const { server, url } = await connectServer(connection, AbortSignal.timeout(60_000))
  const context = { version: server.session.version, host: new URL(url).host }
  const walks: [Fetch, Read, number][] = [
    [
      (...asked) => server.alertPage(...asked),
      (bytes, request) => readAlertPage(bytes, request, context),
      fillPageRows.alert,
    ],
    [
      (...asked) => server.observablePage(...asked),
      (bytes, request) => readObservablePage(bytes, request, context),
      fillPageRows.observable,
    ],
  ]
  try {
    const walkAll = async () => {
      const walked = []
      for (const [fetch, read, limit] of walks) walked.push(await walk(fetch, read, limit))
      return walked
    }
    await walkAll()
    const [alerts, observables] = await walkAll()
    if (alerts === undefined || observables === undefined) throw new Error('Nothing was walked')
    return {
      bodies: [...alerts.bodies, ...observables.bodies],
      alerts: alerts.rows,
      observables: observables.rows,
      alertPageMs: alerts.ms,
      observablePageMs: observables.ms,
    }
  } finally {
    await (server satisfies TheHiveServer).close()
  }
}

async function walk(fetch: Fetch, read: Read, limit: number) {
  const walked = { bodies: [] as Uint8Array[], ms: [] as number[], rows: 0 }
  let cursor: PageRequest['cursor']
  do {
    const request: PageRequest = { field: 'createdAt', direction: 'desc', cursor, limit }
    const start = performance.now()
    const bytes = await fetch(request, AbortSignal.timeout(60_000))
    walked.ms.push(performance.now() - start)
    walked.bodies.push(bytes)
    const page = read(bytes, request)
    walked.rows += page.rows
    cursor = page.next
  } while (cursor !== undefined)
  return walked
}
