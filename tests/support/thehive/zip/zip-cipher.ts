import { crc32 } from 'node:zlib'

/** Source: PKWARE's APPNOTE 6.1, the traditional encryption that TheHive protects its downloads with. */
export const cipherHeaderSize = 12

/** A keyed stream; `decrypt` and `encrypt` each go through their bytes once, in order. */
export function createZipCipher(password: string) {
  let [key0, key1, key2] = [0x12345678, 0x23456789, 0x34567890]
  const stir = (plain: number) => {
    key0 = crcByte(key0, plain)
    key1 = (Math.imul((key1 + (key0 & 0xff)) >>> 0, 134775813) + 1) >>> 0
    key2 = crcByte(key2, key1 >>> 24)
  }
  const next = () => {
    const mixed = (key2 | 2) & 0xffff
    return (Math.imul(mixed, mixed ^ 1) >>> 8) & 0xff
  }
  for (const byte of Buffer.from(password, 'utf8')) stir(byte)
  return {
    decrypt: (source: Buffer): Buffer => {
      const plain = Buffer.alloc(source.length)
      for (const [at, byte] of source.entries()) {
        plain[at] = byte ^ next()
        stir(plain[at] as number)
      }
      return plain
    },
    encrypt: (source: Buffer): Buffer => {
      const secret = Buffer.alloc(source.length)
      for (const [at, byte] of source.entries()) {
        secret[at] = byte ^ next()
        stir(byte)
      }
      return secret
    },
  }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function crcByte(crc: number, byte: number): number {
  return ((crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number)) >>> 0
}

export const checksum = (bytes: Buffer): number => crc32(bytes)
