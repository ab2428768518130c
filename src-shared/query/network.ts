/** An address range: every address whose first `bits` bits are those of `base`. */
export type Network = { version: 4 | 6; base: bigint; bits: number }

/** Reads `10.0.0.0/8` or `2001:db8::/32`. Bits beyond the prefix are ignored, as routers do. */
export function parseNetwork(text: string): Network | undefined {
  const match = /^([0-9a-f:.]{2,45})\/(\d{1,3})$/i.exec(text)
  const address = parseAddress(match?.[1] ?? '')
  const bits = Number(match?.[2])
  if (address === undefined || bits > width(address.version)) return undefined
  return { version: address.version, base: prefix(address.value, address.version, bits), bits }
}

export const isNetwork = (text: string): boolean => parseNetwork(text) !== undefined

export function isInNetwork(text: string, network: Network): boolean {
  const address = parseAddress(text)
  if (address === undefined || address.version !== network.version) return false
  return prefix(address.value, network.version, network.bits) === network.base
}

const width = (version: 4 | 6): number => (version === 4 ? 32 : 128)
const prefix = (value: bigint, version: 4 | 6, bits: number): bigint => value >> BigInt(width(version) - bits)

type Address = { version: 4 | 6; value: bigint }

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseV6(text) : parseV4(text)
  return value === undefined ? undefined : { version: text.includes(':') ? 6 : 4, value }
}

/** Four decimal numbers; no leading zeros, which some readers take for octal. */
function parseV4(text: string): bigint | undefined {
  const parts = text.length <= 15 ? text.split('.') : []
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

/** Eight groups, one run of zeros may be `::`, the last two may be an IPv4 address (RFC 4291 §2.2). */
function parseV6(text: string): bigint | undefined {
  if (text.length > 45) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n)
}

function groupsOf(half: string): number[] | undefined {
  if (half === '') return []
  const groups: number[] = []
  const parts = half.split(':')
  for (const [at, part] of parts.entries()) {
    const v4 = at === parts.length - 1 ? parseV4(part) : undefined
    if (v4 !== undefined) groups.push(Number(v4 >> 16n), Number(v4 & 65_535n))
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}
