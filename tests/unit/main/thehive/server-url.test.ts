import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseServerUrl } from '#main/thehive/server-url.ts'

describe('the address of a server', () => {
  it.each([
    ['hive.acme.example', 'https://hive.acme.example'],
    ['  https://hive.acme.example/  ', 'https://hive.acme.example'],
    ['https://HIVE.acme.example:443/', 'https://hive.acme.example'],
    ['hive.acme.example:9443', 'https://hive.acme.example:9443'],
    ['https://acme.example/thehive/', 'https://acme.example/thehive'],
    ['https://acme.example/thehive/api/v1/query?name=x#y', 'https://acme.example/thehive'],
    ['https://acme.example/api', 'https://acme.example'],
    ['https://acme.example/apiary', 'https://acme.example/apiary'],
    ['http://localhost:9000', 'http://localhost:9000'],
    ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000'],
    ['http://[::1]:9000/', 'http://[::1]:9000'],
  ])('%s is taken as %s', (text, expected) => {
    expect(normaliseServerUrl(text)).toBe(expected)
  })

  it.each([
    ['http://hive.acme.example', 'https://hive.acme.example'],
    ['http://127.0.0.1.evil.example', 'https://127.0.0.1.evil.example'],
    ['http://localhost.evil.example', 'https://'],
    ['https://ana:secret@hive.acme.example', 'API key'],
    ['ftp://hive.acme.example', 'https://'],
    ['', 'https://'],
    ['https://', 'https://'],
    ['two words', 'https://'],
  ])('%s is refused, and the way out is said', (text, next) => {
    expect(() => normaliseServerUrl(text)).toThrow(
      expect.objectContaining({ kind: 'rejected', next: expect.stringContaining(next) }),
    )
  })

  it('does not change when it is settled once more', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => {
        const once = normaliseServerUrl(url)
        expect(normaliseServerUrl(once)).toBe(once)
      }),
    )
  })
})
