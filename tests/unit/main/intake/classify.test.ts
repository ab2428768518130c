import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyText } from '#main/intake/classify.ts'
import { observableValueSchema } from '#shared/model/observable.ts'

const one = (text: string) => classifyText(text).map(({ dataType, data }) => [dataType, data])

describe('a pasted line', () => {
  it.each([
    ['203.0.113.7', 'ip', '203.0.113.7'],
    ['203.0.113[.]7', 'ip', '203.0.113.7'],
    ['[2001:db8::1]', 'ip', '2001:db8::1'],
    ['https://login.acme.example/a?b=1', 'url', 'https://login.acme.example/a?b=1'],
    ['hxxps://evil[.]example(.)com/a', 'url', 'https://evil.example.com/a'],
    ['hXXp[://]evil[.]test/x', 'url', 'http://evil.test/x'],
    ['evil.example.com/path', 'url', 'evil.example.com/path'],
    ['ana[@]acme[.]example', 'mail', 'ana@acme.example'],
    ['acme.example', 'domain', 'acme.example'],
    ['acme.co.uk', 'domain', 'acme.co.uk'],
    ['mail.acme.co.uk', 'fqdn', 'mail.acme.co.uk'],
    ['d41d8cd98f00b204e9800998ecf8427e', 'hash', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a'.repeat(40), 'hash', 'a'.repeat(40)],
    ['B'.repeat(64), 'hash', 'B'.repeat(64)],
    ['0'.repeat(128), 'hash', '0'.repeat(128)],
    ['invoice.pdf', 'filename', 'invoice.pdf'],
    ['Invoice March.docm', 'filename', 'Invoice March.docm'],
    ['HKLM\\Software\\Run\\x', 'registry', 'HKLM\\Software\\Run\\x'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'user-agent', 'Mozilla/5.0 (X11; Linux x86_64)'],
    ['curl/8.1.2', 'user-agent', 'curl/8.1.2'],
    ['198.51.100.0/24', 'other', '198.51.100.0/24'],
    ['call them back', 'other', 'call them back'],
    ['1.2.3', 'other', '1.2.3'],
  ])('%s is %s', (text, dataType, data) => {
    expect(one(text)).toEqual([[dataType, data]])
  })

  it('loses quotes, brackets, bullets and list commas around it', () => {
    for (const text of [
      '"203.0.113.7"',
      '<203.0.113.7>',
      '- 203.0.113.7',
      '203.0.113.7,',
      " '203.0.113.7'; ",
    ]) {
      expect(one(text)).toEqual([['ip', '203.0.113.7']])
    }
  })

  it('that could be a file or a domain is an address only when somebody defanged it', () => {
    expect(one('invoice.zip')).toEqual([['filename', 'invoice.zip']])
    expect(one('invoice[.]zip')).toEqual([['domain', 'invoice.zip']])
  })

  it('longer than the server takes is refused by its number', () => {
    expect(() => classifyText(`ok\n${'x'.repeat(4097)}`)).toThrow(/Line 2 is longer/)
  })

  it('of a megabyte of separators is refused in no time: going through it from each of them took an hour', () => {
    expect(() => classifyText(`${',;'.repeat(500_000)}x`)).toThrow(/Line 1 is longer/)
  })
})

describe('pasted text', () => {
  it('skips blank lines and repetitions and keeps line numbers and originals', () => {
    expect(classifyText('203.0.113.7\r\n\r\n 203[.]0.113.7 \nacme.example')).toEqual([
      { dataType: 'ip', data: '203.0.113.7', line: 1, original: '203.0.113.7' },
      { dataType: 'domain', data: 'acme.example', line: 4, original: 'acme.example' },
    ])
  })

  const line = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.ipV4(),
    fc.ipV6(),
    fc.webUrl(),
    fc.emailAddress(),
    fc.domain(),
  )

  it('yields only values the contract takes, each once, in the order of their lines', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const found = classifyText(lines.join('\n'))
        for (const value of found) observableValueSchema.parse(value)
        const keys = found.map(({ dataType, data }) => `${dataType}\n${data}`)
        expect(new Set(keys).size).toBe(keys.length)
        expect(found.map((value) => value.line)).toEqual(
          found.map((value) => value.line).sort((a, b) => a - b),
        )
      }),
    )
  })

  it('loses no line that holds anything', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' }), (text) => {
        fc.pre(/[a-z0-9]/i.test(text))
        expect(classifyText(text)).toHaveLength(1)
      }),
    )
  })

  it('finds an address again however it was defanged', () => {
    const dots = fc.constantFrom('.', '[.]', '(.)', '{.}', '[dot]', '(dot)')
    fc.assert(
      fc.property(fc.ipV4(), dots, (address, dot) => {
        expect(one(address.replaceAll('.', dot))).toEqual([['ip', address]])
      }),
    )
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https'] }), dots, (url, dot) => {
        const { host } = new URL(url)
        fc.pre(url.includes(host))
        const written = url.replace('http', 'hxxp').replace(host, host.replaceAll('.', dot))
        expect(one(written)[0]?.[0]).toBe('url')
        expect(new URL(one(written)[0]?.[1] ?? '').host).toBe(host)
      }),
    )
  })
})
