import { describe, expect, it, vi } from 'vitest'
import { askSavePath } from '#main/shell/ask-save-path.ts'

const electron = vi.hoisted(() => ({ answer: undefined as unknown }))
vi.mock('electron', () => ({
  app: { getPath: () => '/home/ana/Downloads' },
  dialog: { showSaveDialog: () => electron.answer },
}))

const ask = (signal: AbortSignal) => askSavePath(undefined, { name: 'a.eml', signal })

describe('where to save a file', () => {
  it('is what the analyst says, and nowhere when they think better of it', async () => {
    const { signal } = new AbortController()
    electron.answer = Promise.resolve({ canceled: false, filePath: '/tmp/a.eml' })
    expect(await ask(signal)).toBe('/tmp/a.eml')
    electron.answer = Promise.resolve({ canceled: true, filePath: '' })
    expect(await ask(signal)).toBeUndefined()
  })

  it('is not waited for by whoever quits', async () => {
    const leaving = new AbortController()
    electron.answer = new Promise(() => undefined)
    const asked = ask(leaving.signal)
    leaving.abort()
    expect(await asked).toBeUndefined()
  })
})
