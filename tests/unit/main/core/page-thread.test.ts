import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PageRequest, ReadPage } from '#main/domain/page.ts'
import { pageInbox } from '#main/core/page-inbox.ts'
import { pageThread } from '#main/core/page-thread.ts'
import { readAlertPage } from '#main/thehive/v1/page-reader.ts'
import type { Alert } from '#shared/model/alert.ts'
import { anAlert } from '#tests/support/make.ts'

const request: PageRequest = { field: 'createdAt', direction: 'desc', cursor: undefined, limit: 10 }
const noBytes = new Uint8Array()

const pageOf = (items: Alert[]): ReadPage<Alert> => ({
  items,
  setAside: [],
  next: { stamp: 1_000, skip: 1 },
  rows: items.length,
  newest: 2_000,
})

/** Both ends of the channel, the reader fed with one page of alerts after the other. */
function threads(pages: Alert[][]) {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  const alerts = () => pageOf(pages.shift() ?? [])
  const reader = pageThread({ alerts, observables: () => ({ ...pageOf([]), items: [] }) }, port2)
  return { reader, inbox: pageInbox(port1), stop: () => port2.close() }
}

describe('reading a page in one thread and storing it in another', () => {
  it('says what the page was, and hands its rows over under the same token', async () => {
    const { reader, inbox } = threads([[anAlert()], [anAlert({ id: '~2', title: 'Walrus' })]])
    const first = reader.readPage('alert', noBytes, request)
    const second = reader.readPage('alert', noBytes, request)
    expect(first).toMatchObject({ rows: 1, newest: 2_000, next: { stamp: 1_000, skip: 1 }, setAside: 0 })
    const page = await inbox.take(second.token)
    expect(page.entity === 'alert' && page.rows.map(({ id }) => id)).toEqual(['~2'])
    expect(await inbox.take(first.token)).toMatchObject({ rows: [{ id: anAlert().id }] })
  })

  it('refuses a broken page by name, and goes on with the next', async () => {
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    const context = { version: '5.6.2', host: 'hive.acme.example' }
    const alerts = (bytes: Uint8Array, asked: PageRequest) => readAlertPage(bytes, asked, context)
    const reader = pageThread({ alerts, observables: () => ({ ...pageOf([]), items: [] }) }, port2)
    const inbox = pageInbox(port1)
    const cut = Buffer.from('[{"_id":"~1","_crea')
    expect(() => reader.readPage('alert', cut, request)).toThrow(
      expect.objectContaining({ kind: 'unexpected-shape' }),
    )
    const { token } = reader.readPage('alert', Buffer.from('[]'), request)
    expect(await inbox.take(token)).toEqual({ entity: 'alert', rows: [], setAside: [] })
  })

  it('fails whoever stores rows that could not be made ready, as a typed error', async () => {
    const broken = { ...anAlert(), tags: null as unknown as string[] }
    const { reader, inbox } = threads([[broken], [anAlert()]])
    const bad = reader.readPage('alert', noBytes, request)
    const good = reader.readPage('alert', noBytes, request)
    await expect(inbox.take(bad.token)).rejects.toMatchObject({ name: 'ForagerError', kind: 'bug' })
    expect(await inbox.take(good.token)).toMatchObject({ rows: [{ id: '~1' }] })
  })

  it('does not hand over a row that was asked for its stamp alone', async () => {
    const { reader, inbox } = threads([[anAlert()], [anAlert()]])
    const probe = reader.readPage('alert', noBytes, { ...request, limit: 1 })
    const page = reader.readPage('alert', noBytes, request)
    await inbox.take(page.token)
    await expect(inbox.take(probe.token)).rejects.toMatchObject({ kind: 'bug' })
  })

  it('gives a page once', async () => {
    const { reader, inbox } = threads([[anAlert()]])
    const { token } = reader.readPage('alert', noBytes, request)
    await inbox.take(token)
    await expect(inbox.take(token)).rejects.toMatchObject({ kind: 'bug' })
  })

  it('keeps the newest four of the pages that nobody stored', async () => {
    const { reader, inbox } = threads(Array.from({ length: 6 }, () => [anAlert()]))
    const tokens = Array.from({ length: 6 }, () => reader.readPage('alert', noBytes, request).token)
    // The last one arrives last: the others are there when it is.
    await inbox.take(tokens[5] ?? 0)
    const kept = await Promise.allSettled(tokens.slice(0, 5).map((token) => inbox.take(token)))
    expect(kept.map(({ status }) => status)).toEqual([
      'rejected',
      ...Array.from({ length: 4 }, () => 'fulfilled'),
    ])
  })

  it('fails whoever waits for a page when the reader ends, and whoever asks later', async () => {
    const { reader, inbox, stop } = threads([[anAlert()]])
    const { token } = reader.readPage('alert', noBytes, request)
    await inbox.take(token)
    const waiting = inbox.take(token + 1)
    stop()
    await expect(waiting).rejects.toMatchObject({ name: 'ForagerError', message: /stopped/ })
    await expect(inbox.take(token + 2)).rejects.toMatchObject({ name: 'ForagerError', message: /stopped/ })
  })
})
