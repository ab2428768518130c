import { randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { checksum, cipherHeaderSize, createZipCipher } from './zip-cipher.ts'

export type ZipFile = { name: string; bytes: Buffer }

const utf8Names = 0x800
const encrypted = 0x1
const deflated = 8
/** 1980-01-01 00:00, the format's first moment: equal input makes equal headers. */
const dosDate = 0x21

/** An archive of `files`; with a password in the traditional encryption. Everything is held in memory. */
export function writeZip(files: readonly ZipFile[], password?: string): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.name, 'utf8')
    const crc = checksum(file.bytes)
    const packed = deflateRawSync(file.bytes)
    const content = password === undefined ? packed : protect(packed, crc, password)
    const fields = fieldsOf({ crc, packed: content.length, size: file.bytes.length, name }, password)
    parts.push(Buffer.concat([header(0x04034b50, fields), name, content]))
    directory.push(Buffer.concat([directoryEntry(fields, offset), name]))
    offset += 30 + name.length + content.length
  }
  const index = Buffer.concat(directory)
  return Buffer.concat([...parts, index, endRecord(files.length, index.length, offset)])
}

/** The header's last byte lets a reader tell a wrong password. */
function protect(packed: Buffer, crc: number, password: string): Buffer {
  const lead = randomBytes(cipherHeaderSize)
  lead[cipherHeaderSize - 1] = crc >>> 24
  return createZipCipher(password).encrypt(Buffer.concat([lead, packed]))
}

type Sizes = { crc: number; packed: number; size: number; name: Buffer }

/** The 26 bytes that the local header and the directory share. */
function fieldsOf({ crc, packed, size, name }: Sizes, password: string | undefined): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(utf8Names | (password === undefined ? 0 : encrypted), 2)
  fields.writeUInt16LE(deflated, 4)
  fields.writeUInt16LE(dosDate, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(packed, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(name.length, 22)
  return fields
}

function header(signature: number, fields: Buffer): Buffer {
  const lead = Buffer.alloc(4)
  lead.writeUInt32LE(signature, 0)
  return Buffer.concat([lead, fields])
}

function directoryEntry(fields: Buffer, offset: number): Buffer {
  const madeBy = Buffer.from([20, 0])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([header(0x02014b50, madeBy), fields, rest])
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
