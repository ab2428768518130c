import { inflateRawSync } from 'node:zlib'
import { checksum, cipherHeaderSize, createZipCipher } from './zip-cipher.ts'

export type ZipEntry = { name: string; bytes: Buffer }

/** Why an archive cannot be read. `size-above` and `size-below`: an entry is not as long as its header says. */
export const zipProblems = ['broken', 'password', 'method', 'size-above', 'size-below'] as const
export class ZipError extends Error {
  readonly problem: (typeof zipProblems)[number]

  constructor(problem: (typeof zipProblems)[number], message: string) {
    super(message)
    this.name = 'ZipError'
    this.problem = problem
  }
}

type Found = {
  name: string
  flags: number
  method: number
  time: number
  crc: number
  packed: number
  size: number
  offset: number
}

/**
 * The files of an archive in directory order, `password` used where one is encrypted; entries that `wanted` declines
 * are not unpacked. Plain and traditionally encrypted archives, stored or deflated. Throws ZipError.
 */
export function readZip(
  archive: Buffer,
  password: string,
  wanted: (name: string) => boolean = () => true,
): ZipEntry[] {
  try {
    return directoryOf(archive)
      .filter(({ name }) => wanted(name))
      .map((found) => ({ name: found.name, bytes: unpack(archive, found, password) }))
  } catch (error) {
    if (error instanceof RangeError) throw new ZipError('broken', 'The archive is cut or is no zip archive')
    throw error
  }
}

function directoryOf(archive: Buffer): Found[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) throw new ZipError('broken', 'The archive is cut or is no zip archive')
  const entries: Found[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new ZipError('broken', 'The directory is damaged')
    const nameLength = archive.readUInt16LE(at + 28)
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      time: archive.readUInt16LE(at + 12),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}

function unpack(archive: Buffer, found: Found, password: string): Buffer {
  const start =
    found.offset + 30 + archive.readUInt16LE(found.offset + 26) + archive.readUInt16LE(found.offset + 28)
  if (start + found.packed > archive.length) throw new ZipError('broken', `${found.name} is cut`)
  const stored = archive.subarray(start, start + found.packed)
  const packed = found.flags & 1 ? reveal(stored, found, password) : stored
  if (found.method !== 0 && found.method !== 8) {
    throw new ZipError('method', `${found.name} is packed or encrypted in a way that is not supported`)
  }
  const bytes = found.method === 0 ? packed : inflate(packed, found)
  if (bytes.length > found.size) throw new ZipError('size-above', `${found.name} is larger than stated`)
  if (bytes.length < found.size) throw new ZipError('size-below', `${found.name} is smaller than stated`)
  if (checksum(bytes) !== found.crc) throw new ZipError('broken', `${found.name} is damaged`)
  return bytes
}

function reveal(stored: Buffer, { name, flags, crc, time, method }: Found, password: string): Buffer {
  // Method 99 is WinZip's AES: its bytes are not for this cipher.
  if (method === 99) return stored
  const plain = createZipCipher(password).decrypt(stored)
  // With a trailing data descriptor the time stands in for the checksum.
  const check = flags & 8 ? time >>> 8 : crc >>> 24
  if (plain[cipherHeaderSize - 1] !== check) throw new ZipError('password', `Wrong password for ${name}`)
  return plain.subarray(cipherHeaderSize)
}

/** Stops one byte beyond the stated size, so that a bomb is refused without being unpacked. */
function inflate(packed: Buffer, { name, size }: Found): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: size + 1 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ZipError('size-above', `${name} is larger than stated`)
    }
    throw new ZipError('broken', `${name} is damaged`)
  }
}
