import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInNetwork, isNetwork, parseNetwork } from '#shared/query/network.ts'

const inside = (address: string, network: string): boolean => {
  const parsed = parseNetwork(network)
  return parsed !== undefined && isInNetwork(address, parsed)
}

describe('an address range', () => {
  it('holds an IPv4 address exactly when the leading bits agree', () => {
    const number = fc.nat(0xffffffff)
    const written = (n: number) => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.')
    fc.assert(
      fc.property(number, number, fc.nat(32), fc.nat(32), (a, other, bits, near) => {
        const b = near === 32 ? other : (a ^ (other >>> near)) >>> 0
        const same = bits === 0 || a >>> (32 - bits) === b >>> (32 - bits)
        expect(inside(written(b), `${written(a)}/${bits}`)).toBe(same)
      }),
      { numRuns: 2_000 },
    )
  })

  it('knows every way to write an IPv6 address', () => {
    for (const same of ['2001:db8::1', '2001:DB8:0:0:0:0:0:1', '2001:0db8::0:0001', '2001:db8::0.0.0.1'])
      expect([same, inside(same, '2001:db8::1/128')]).toEqual([same, true])
    expect(inside('::ffff:10.0.0.1', '::ffff:0a00:0/104')).toBe(true)
    expect(inside('::', '::/0')).toBe(true)
  })

  it('refuses what is no address', () => {
    for (const wrong of [
      '10.0.0/8',
      '10.0.0.0/33',
      '010.0.0.0/8',
      '256.0.0.0/8',
      '1:2::3::4/8',
      '1:2:3/16',
      '::/129',
    ])
      expect([wrong, isNetwork(wrong)]).toEqual([wrong, false])
    for (const wrong of [
      '10.0.0.1.2',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2:3:4:5:6:7:8',
      'g::1',
      'www.example',
    ])
      expect([wrong, inside(wrong, '0.0.0.0/0') || inside(wrong, '::/0')]).toEqual([wrong, false])
  })
})
