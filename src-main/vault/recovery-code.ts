import { createHash } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, so that what is read from paper is read right. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretBytes = 16
/** 128 bits, in characters of five. */
const secretChars = 26
const checkChars = 2
const groupChars = 4

/** Sixteen random bytes as people write them down: seven groups of four, of which the last two characters check the others. */
export function printRecoveryCode(secret: Uint8Array): string {
  if (secret.length !== secretBytes) throw new Error(`A recovery key has ${secretBytes} bytes.`)
  const text = charsOf(secret, secretChars) + checkOf(secret)
  return (text.match(new RegExp(`.{${groupChars}}`, 'g')) ?? []).join('-')
}

/** What somebody typed, in any case and grouping; undefined when it cannot be a recovery key, as one with a slip of a letter. */
export function readRecoveryCode(typed: string): Uint8Array | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (text.length !== secretChars + checkChars) return undefined
  let bits = 0n
  for (const char of text.slice(0, secretChars)) {
    const value = alphabet.indexOf(char)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  const spare = BigInt(secretChars * 5 - secretBytes * 8)
  const hex = (bits >> spare).toString(16).padStart(secretBytes * 2, '0')
  const secret = new Uint8Array(Buffer.from(hex, 'hex'))
  // Bits beyond the sixteen bytes are none of ours: two texts must not be one key.
  return charsOf(secret, secretChars) + checkOf(secret) === text ? secret : undefined
}

function charsOf(bytes: Uint8Array, count: number): string {
  const spare = BigInt(count * 5 - bytes.length * 8)
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  bits = spare >= 0n ? bits << spare : bits >> -spare
  let text = ''
  for (let at = 0; at < count; at++) {
    text = (alphabet[Number(bits & 31n)] ?? '') + text
    bits >>= 5n
  }
  return text
}

const checkOf = (secret: Uint8Array): string =>
  charsOf(createHash('sha256').update(secret).digest().subarray(0, 2), checkChars)
