import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nameToSave, saveFile } from '#main/services/save-file.ts'
import type { Driver } from '#main/sync/driver.ts'
import { anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-save-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Kept, and in no decision. */
const stray = {
  ...{ id: 's1', name: '../lost.eml', size: 8, sha256: 'ef', contentType: 'text/plain', iv: '', tag: '' },
  createdAt: 1,
}
const strays = { list: () => [stray], discard: () => Promise.resolve() }

function withFile(name: string) {
  const attachment = { name, size: 8, contentType: 'text/plain', sha256: 'ab' }
  const file = { ...anObservable({ id: '~f', dataType: 'file', attachment }), data: undefined }
  const rig = servicesRig({ alerts: [anAlert()], on: { '~1': { observables: [anObservable(), file] } } })
  return { ...rig.context, strays }
}

const request = { id: '~1', observableId: '~f', as: 'file' } as const
const driver = { ask: () => Promise.reject(new Error('asked the server')) }

describe('the name offered', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../.ssh/authorized_keys', '_.._.ssh_authorized_keys'],
    ['C:\\Windows\\run.exe', 'C__Windows_run.exe'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe'],
    ['...', 'file'],
  ])('%j leads nowhere and hides nothing', async (name, offered) => {
    expect(await nameToSave(request, withFile(name))).toBe(offered)
    expect(await nameToSave({ ...request, as: 'zip' }, withFile(name))).toBe(`${offered}.zip`)
  })

  it('is refused for an observable that has no file', async () => {
    const wish = nameToSave({ ...request, observableId: '~o1' }, withFile('a'))
    await expect(wish).rejects.toMatchObject({ kind: 'rejected' })
  })
})

describe('a file attached to the alert', () => {
  const attachment = { name: '../report.pdf', size: 8, contentType: 'text/plain', sha256: 'cd' }
  const on = { attachments: [{ ...attachment, id: '~f1', createdAt: 1, createdBy: 'bo' }] }
  const wish = { id: '~1', attachmentId: '~f1' }

  it('comes from the server under a harmless name', async () => {
    const rig = servicesRig({ alerts: [anAlert()], on: { '~1': on } })
    const context = { ...rig.context, strays }
    expect(await nameToSave(wish, context)).toBe('_report.pdf')
    const server = {
      downloadAttachment: ({ attachment: { id } }: { attachment: { id: string } }) =>
        Promise.resolve({ bytes: Readable.from([Buffer.from(`bytes of ${id}`)]) }),
    }
    const asked = {
      ask: (question: (of: never, signal: never) => unknown) => question(server as never, undefined as never),
    }
    const path = join(folder, 'report.pdf')
    const saving = { ...context, driver: asked as unknown as Pick<Driver, 'ask'>, openKept: () => undefined }
    expect(await saveFile({ ...wish, path }, saving)).toEqual({ path, size: 12 })
    expect(readFileSync(path, 'utf8')).toBe('bytes of ~f1')
  })

  it('is refused where the server has none, and where there is no such file', async () => {
    const cannot = { downloadAttachment: 'No attachments.' }
    const none = servicesRig({ alerts: [anAlert()], on: { '~1': on }, capabilities: { cannot } })
    await expect(nameToSave(wish, { ...none.context, strays })).rejects.toMatchObject({
      message: 'No attachments.',
    })
    const { context } = servicesRig({ alerts: [anAlert()] })
    await expect(nameToSave(wish, { ...context, strays })).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('the copy kept here', () => {
  const kept = () => ({
    ...withFile('../note.txt'),
    driver,
    openKept: () => Readable.from([Buffer.from('evidence')]),
  })

  it('is saved without asking a server', async () => {
    const path = join(folder, 'note.txt')
    expect(await saveFile({ ...request, path }, kept())).toEqual({ path, size: 8 })
    expect(readFileSync(path, 'utf8')).toBe('evidence')
  })

  it('is packed here, too, under a harmless name and the password that TheHive uses, which is told', async () => {
    const path = join(folder, 'note.zip')
    const saved = await saveFile({ ...request, as: 'zip', path }, kept())
    const zip = readFileSync(path)
    expect(saved).toEqual({ path, size: zip.length, password: 'malware' })
    expect(zip.includes('_note.txt')).toBe(true)
    expect(zip.includes('evidence')).toBe(false)
  })

  it('that cannot be read leaves no half of a zip', async () => {
    const torn = { ...kept(), openKept: () => Readable.from(broken()) }
    const wish = saveFile({ ...request, as: 'zip', path: join(folder, 'note.zip') }, torn)
    await expect(wish).rejects.toMatchObject({ kind: 'unreadable-file' })
    expect(readdirSync(folder)).toEqual([])
  })

  function* broken() {
    yield Buffer.from('evid')
    throw new Error('torn')
  }
})

describe('a kept file that no decision speaks of', () => {
  const context = () => ({
    ...withFile('a'),
    driver,
    openKept: (sha256: string) => (sha256 === 'ef' ? Readable.from([Buffer.from('evidence')]) : undefined),
  })

  it('is saved as it is or packed, under a harmless name', async () => {
    expect(await nameToSave({ strayId: 's1', as: 'zip' }, context())).toBe('_lost.eml.zip')
    const path = join(folder, 'lost.eml')
    expect(await saveFile({ strayId: 's1', as: 'file', path }, context())).toEqual({ path, size: 8 })
    expect(readFileSync(path, 'utf8')).toBe('evidence')
  })

  it('is refused once it is not kept any more, and no server is asked', async () => {
    const path = join(folder, 'lost.eml')
    const gone = { kind: 'not-found', message: 'This file is not kept here any more.' }
    await expect(saveFile({ strayId: 's2', as: 'file', path }, context())).rejects.toMatchObject(gone)
    const without = {
      ...context(),
      openKept: () => undefined,
      driver: { ask: (question: never) => (question as () => never)() },
    }
    await expect(saveFile({ strayId: 's1', as: 'file', path }, without as never)).rejects.toMatchObject(gone)
    expect(readdirSync(folder)).toEqual([])
  })
})

it('a zip of what is not kept here comes from the server', async () => {
  const context = { ...withFile('note.txt'), driver, openKept: () => undefined }
  const wish = saveFile({ ...request, as: 'zip', path: join(folder, 'note.zip') }, context)
  await expect(wish).rejects.toThrow('asked the server')
})
