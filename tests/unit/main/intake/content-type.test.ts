import { describe, expect, it } from 'vitest'
import { contentTypeOf, unknownType } from '#main/intake/content-type.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('the type of a file', () => {
  it.each([
    [Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    [Buffer.from('PK\x03\x04rest'), 'application/zip'],
    [Buffer.from('MZ\x90\x00'), 'application/vnd.microsoft.portable-executable'],
    [Buffer.from('\x7fELF'), 'application/x-elf'],
    [bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'application/x-ole-storage'],
    [bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
    [bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    [bytes(0x1f, 0x8b, 8), 'application/gzip'],
    [Buffer.from('From: Ana <ana@acme.example>\r\nSubject: hi\r\n'), 'message/rfc822'],
    [Buffer.from('just words\n'), 'text/plain'],
    [Buffer.from('größer\n'), 'text/plain'],
    [bytes(0, 1, 2, 3), unknownType],
    [bytes(), unknownType],
  ])('is read from its bytes: case %#', (beginning, expected) => {
    expect(contentTypeOf(beginning)).toBe(expected)
  })
})
