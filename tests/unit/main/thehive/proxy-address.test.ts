import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinProxy, proxySecrets, splitProxy } from '#main/thehive/proxy-address.ts'

describe('the address of a proxy', () => {
  it.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128', undefined],
    [' https://proxy.example ', 'https://proxy.example', undefined],
    ['http://ana:pw@proxy.example:3128', 'http://proxy.example:3128', { user: 'ana', password: 'pw' }],
    ['http://ana:p%40%25@proxy.example', 'http://proxy.example', { user: 'ana', password: 'p@%' }],
    ['http://ana@proxy.example', 'http://proxy.example', { user: 'ana', password: '' }],
    ['http://:pw@proxy.example', 'http://proxy.example', { user: '', password: 'pw' }],
    ['http://@proxy.example', 'http://proxy.example', undefined],
    // What a parser of addresses would take for host, port and fragment.
    ['http://ana:12#/x@y:z@proxy.example', 'http://proxy.example', { user: 'ana', password: '12#/x@y:z' }],
    ['http://ana:100%@proxy.example', 'http://proxy.example', { user: 'ana', password: '100%' }],
    ['ana:pw@proxy.example:3128', 'proxy.example:3128', { user: 'ana', password: 'pw' }],
    ['http://ana:pw@[::1]:3128', 'http://[::1]:3128', { user: 'ana', password: 'pw' }],
    ['', '', undefined],
  ])('%j is %j, and the login apart', (text, address, login) => {
    expect(splitProxy(text)).toEqual(login === undefined ? { address } : { address, login })
  })

  it('takes any login in and gives it back whole', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(part, part, (user, password) => {
        const joined = joinProxy('http://proxy.example:3128', { user, password })
        expect(new URL(joined).host).toBe('proxy.example:3128')
        expect(splitProxy(joined)).toEqual({
          address: 'http://proxy.example:3128',
          login: { user, password },
        })
      }),
    )
  })

  it('names what may be echoed, and nothing where nobody signs in', () => {
    expect(proxySecrets('http://ana:pw@proxy.example')).toEqual(['YW5hOnB3', 'pw'])
    expect(proxySecrets('http://ana@proxy.example')).toEqual(['YW5hOg=='])
    expect(proxySecrets('http://proxy.example')).toEqual([])
    expect(proxySecrets(undefined)).toEqual([])
  })
})
