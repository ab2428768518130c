import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Upload } from '#main/thehive/port.ts'
import type { ObservableMarks } from '#shared/model/observable.ts'
import { freshInput, signal } from './harness.ts'
import type { Harness } from './harness.ts'

const marks: ObservableMarks = { tlp: 'red', pap: 'green', tags: ['seen'], ioc: true, sighted: true }

const upload = (name: string, bytes: Uint8Array): Upload => ({
  name,
  contentType: 'application/octet-stream',
  size: bytes.length,
  open: () => Readable.from([Buffer.from(bytes)]),
})

/** What every adapter must write, and what comes back. */
export function writingContract(harness: () => Harness): void {
  const made = () => harness().server.createAlert(freshInput(), signal)
  const now = async (id: string) => harness().server.alert(id, signal)

  describe('alerts', () => {
    it('are created as given, markings by meaning', async () => {
      const input = freshInput({ tlp: 'amber-strict', pap: 'red', severity: 4, tags: ['a', 'b', 'a'] })
      const alert = await harness().server.createAlert(input, signal)
      expect(await now(alert.id)).toMatchObject({ ...input, tags: ['a', 'b'], stage: 'New' })
    })

    it('that exist already are a conflict that names the twin', async () => {
      const input = freshInput()
      const first = await harness().server.createAlert(input, signal)
      await expect(harness().server.createAlert(input, signal)).rejects.toMatchObject({
        kind: 'conflict',
        details: { twinId: first.id },
      })
    })

    it('change in the named fields only', async () => {
      const before = await made()
      const change = {
        severity: 3,
        tlp: 'clear',
        title: 'Now known',
        summary: 'done',
        status: 'InProgress',
      } as const
      await harness().server.updateAlert(
        before.id,
        { ...change, addTags: ['x', 'x'], removeTags: ['mail'] },
        signal,
      )
      const after = await now(before.id)
      expect(after).toMatchObject({ ...change, tags: ['x'], stage: 'InProgress', pap: before.pap })
      expect(after?.description).toBe(before.description)
    })

    it('are assigned, and free again', async () => {
      const { server } = harness()
      const { id } = await made()
      await server.updateAlert(id, { assignee: server.session.login }, signal)
      expect((await now(id))?.assignee).toBe(server.session.login)
      await server.updateAlert(id, { assignee: null }, signal)
      expect((await now(id))?.assignee).toBeUndefined()
    })

    it('are gone after deletion, and a second deletion says not-found', async () => {
      const { id } = await made()
      await harness().server.deleteAlert(id, signal)
      expect(await now(id)).toBeUndefined()
      await expect(harness().server.deleteAlert(id, signal)).rejects.toMatchObject({ kind: 'not-found' })
    })
  })

  describe('cases', () => {
    it('come from an alert with the choices made', async () => {
      const { server } = harness()
      const alert = await made()
      const choices = {
        title: 'Chosen',
        severity: 4,
        tlp: 'red',
        pap: 'red',
        caseTemplate: 'phishing',
      } as const
      const promoted = await server.promote(alert.id, choices, signal)
      expect(promoted).toMatchObject({ severity: 4, tlp: 'red', pap: 'red' })
      expect(promoted.title).toContain('Chosen')
      expect(await now(alert.id)).toMatchObject({ caseId: promoted.id, stage: 'Imported' })
    })

    it('take in further alerts', async () => {
      const { server } = harness()
      const [first, second] = [await made(), await made()]
      const target = await server.promote(first.id, {}, signal)
      expect((await server.merge(second.id, target.id, signal)).id).toBe(target.id)
      expect((await now(second.id))?.caseId).toBe(target.id)
    })
  })

  describe('observables', () => {
    const values = (...data: string[]) => data.map((one) => ({ dataType: 'domain', data: one }))

    it('are added several at once, with their marks', async () => {
      const { server } = harness()
      const { id } = await made()
      const item = {
        values: values('one.example', 'two.example'),
        marks: { ...marks, message: 'from the log' },
      }
      const { added, failed } = await server.addValues(id, item, signal)
      expect(failed).toEqual([])
      expect(added.map(({ data }) => data)).toEqual(['one.example', 'two.example'])
      expect(added[0]).toMatchObject({ ...marks, dataType: 'domain', message: 'from the log' })
      expect(await server.observables(id, signal)).toHaveLength(2)
    })

    it('that are there already are told apart from those that failed', async () => {
      const { server } = harness()
      const { id } = await made()
      await server.addValues(id, { values: values('one.example'), marks }, signal)
      const some = await server.addValues(id, { values: values('one.example', 'two.example'), marks }, signal)
      expect(some.added.map(({ data }) => data)).toEqual(['two.example'])
      expect(some.failed).toMatchObject([{ data: 'one.example', alreadyThere: true }])
      const all = await server.addValues(id, { values: values('one.example', 'two.example'), marks }, signal)
      expect(all.added).toEqual([])
      expect(all.failed.map(({ alreadyThere }) => alreadyThere)).toEqual([true, true])
      expect(await server.observables(id, signal)).toHaveLength(2)
    })

    it('of a type the server does not know are refused', async () => {
      const { id } = await made()
      const unknown = [{ dataType: 'no-such-type', data: 'x' }]
      await expect(harness().server.addValues(id, { values: unknown, marks }, signal)).rejects.toMatchObject({
        kind: expect.stringMatching(/^(rejected|not-found)$/),
      })
    })

    it.each(['sample.bin', 'Rechnung für "März"; 1.pdf', 'line\r\nbreak: x.txt', '報告.docx'])(
      'may be a file named %j, identified by its SHA-256',
      async (name) => {
        const { server } = harness()
        const { id } = await made()
        const bytes = randomBytes(300_000)
        const { added, failed } = await server.addFile(id, { file: upload(name, bytes), marks }, signal)
        expect(failed).toEqual([])
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        expect(added[0]).toMatchObject({ dataType: 'file', attachment: { size: bytes.length, sha256 } })
        if (!/["\r]/.test(name)) expect(added[0]?.attachment?.name).toBe(name)
        const again = await server.addFile(id, { file: upload(name, bytes), marks }, signal)
        expect(again).toMatchObject({ added: [], failed: [{ alreadyThere: true }] })
      },
    )

    it('may be an empty file', async () => {
      const { id } = await made()
      const file = upload('empty.log', new Uint8Array())
      const { added } = await harness().server.addFile(id, { file, marks }, signal)
      expect(added[0]?.attachment?.size).toBe(0)
    })

    it('from a file that cannot be read to its end are not stored', async () => {
      const { server } = harness()
      const { id } = await made()
      const broken: Upload = {
        ...upload('broken.bin', new Uint8Array(500_000)),
        open: () =>
          new Readable({
            read() {
              this.destroy(new Error('disk error'))
            },
          }),
      }
      const short: Upload = { ...upload('short.bin', new Uint8Array(10)), size: 500_000 }
      for (const file of [broken, short]) {
        await expect(server.addFile(id, { file, marks }, signal)).rejects.toMatchObject({
          kind: 'unreadable-file',
          details: { sent: false },
        })
      }
      expect(await server.observables(id, signal)).toEqual([])
    })
  })

  describe('comments', () => {
    it('are added and listed, oldest first', async () => {
      const { server } = harness()
      const { id } = await made()
      const first = await server.addComment(id, 'First <b>look</b>', signal)
      await server.addComment(id, 'Second', signal)
      expect(first).toMatchObject({ message: 'First <b>look</b>', createdBy: server.session.login })
      expect((await server.comments(id, signal)).map(({ message }) => message)).toEqual([
        'First <b>look</b>',
        'Second',
      ])
    })
  })

  describe('somebody who may only read', () => {
    it('is refused as forbidden at every write', async () => {
      const reader = await harness().reader()
      const { id } = await made()
      const writes = [
        reader.createAlert(freshInput(), signal),
        reader.updateAlert(id, { severity: 4 }, signal),
        reader.deleteAlert(id, signal),
        reader.promote(id, {}, signal),
        reader.addComment(id, 'x', signal),
        reader.addValues(id, { values: [{ dataType: 'ip', data: '203.0.113.1' }], marks }, signal),
      ]
      for (const result of await Promise.allSettled(writes)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'forbidden' } })
      }
      await reader.close()
    })
  })
}
