import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nameToSave, saveObservable } from '#main/services/save-observable.ts'
import { anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-save-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function withFile(name: string) {
  const attachment = { name, size: 8, contentType: 'text/plain', sha256: 'ab' }
  const file = { ...anObservable({ id: '~f', dataType: 'file', attachment }), data: undefined }
  return servicesRig({ alerts: [anAlert()], on: { '~1': { observables: [anObservable(), file] } } }).context
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

it('the copy kept here is saved without asking a server', async () => {
  const context = {
    ...withFile('note.txt'),
    driver,
    openKept: () => Readable.from([Buffer.from('evidence')]),
  }
  const path = join(folder, 'note.txt')
  expect(await saveObservable({ ...request, path }, context)).toEqual({ path, size: 8 })
  expect(readFileSync(path, 'utf8')).toBe('evidence')
})
