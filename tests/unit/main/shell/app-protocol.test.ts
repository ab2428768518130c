import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerAppRequest } from '#main/shell/app-protocol.ts'
import { listBuiltFiles } from '#main/shell/built-files.ts'
import { contentSecurityPolicy } from '#main/shell/page-headers.ts'

vi.mock('electron', () => ({ protocol: {} }))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-page-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'page/assets/index-1.js'), 'export {}')
  writeFileSync(join(folder, 'page/notes.txt'), 'not served')
  writeFileSync(join(folder, 'secret.html'), 'outside')
  symlinkSync(join(folder, 'secret.html'), join(folder, 'page/linked.html'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ask = (url: string, method = 'GET') =>
  answerAppRequest({ url, method }, listBuiltFiles(join(folder, 'page')))

describe('the app scheme', () => {
  it('serves built files with their types', async () => {
    const page = await ask('app://forager/index.html')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toBe('<!doctype html>')
    const script = await ask('app://forager/assets/index-1.js?v=1#x')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    ...['/', '/index', '/index.html/', '//index.html', '/../secret.html', '/assets/../../secret.html'],
    ...[
      '/%2e%2e/secret.html',
      '/..%2fsecret.html',
      '/..%5csecret.html',
      '/..\\secret.html',
      '/index.html%00.js',
    ],
    ...['/linked.html', '/notes.txt', '/assets', '/assets/', `/${'a'.repeat(10_000)}`, '/C:/secret.html'],
    ...['/__proto__', '/constructor', '/file:///etc/passwd'],
  ])('answers 404 to %j', async (path) => {
    expect((await ask(`app://forager${path}`)).status).toBe(404)
  })

  it('answers 404 to other hosts of its scheme', async () => {
    expect((await ask('app://example.org/index.html')).status).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('answers 405 to %s', async (method) => {
    expect((await ask('app://forager/index.html', method)).status).toBe(405)
  })

  it('sends the policy with every answer, refusals included', async () => {
    for (const answer of [
      await ask('app://forager/index.html'),
      await ask('app://forager/x'),
      await ask('app://forager/', 'POST'),
    ])
      expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
    expect(contentSecurityPolicy).not.toContain('unsafe')
    expect(contentSecurityPolicy).toContain("connect-src 'none'")
  })
})
