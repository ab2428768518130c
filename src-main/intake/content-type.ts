/** How many bytes of a file's beginning decide. */
export const sniffLength = 512

export const unknownType = 'application/octet-stream'

type Magic = { bytes: string; at?: number; type: string }

/** Beginnings in hex. Order matters: the first match wins. */
const table: readonly Magic[] = [
  { bytes: '25504446', type: 'application/pdf' },
  { bytes: '504b0304', type: 'application/zip' },
  { bytes: '504b0506', type: 'application/zip' },
  { bytes: '1f8b', type: 'application/gzip' },
  { bytes: '377abcaf271c', type: 'application/x-7z-compressed' },
  { bytes: '526172211a07', type: 'application/vnd.rar' },
  { bytes: '4d5a', type: 'application/vnd.microsoft.portable-executable' },
  { bytes: '7f454c46', type: 'application/x-elf' },
  { bytes: 'd0cf11e0a1b11ae1', type: 'application/x-ole-storage' },
  { bytes: '7b5c727466', type: 'application/rtf' },
  { bytes: '89504e470d0a1a0a', type: 'image/png' },
  { bytes: 'ffd8ff', type: 'image/jpeg' },
  { bytes: '47494638', type: 'image/gif' },
  { bytes: 'd4c3b2a1', type: 'application/vnd.tcpdump.pcap' },
  { bytes: 'a1b2c3d4', type: 'application/vnd.tcpdump.pcap' },
  { bytes: '0a0d0d0a', type: 'application/x-pcapng' },
  { bytes: '4c0000000114020000000000c000000000000046', type: 'application/x-ms-shortcut' },
]

/** The type a file's first bytes show, whatever its name claims: a name is the attacker's, the bytes are the evidence. */
export function contentTypeOf(beginning: Uint8Array): string {
  const hex = Buffer.from(beginning.subarray(0, sniffLength)).toString('hex')
  const found = table.find(({ bytes, at = 0 }) => hex.startsWith(bytes, at * 2))
  return found?.type ?? textType(beginning.subarray(0, sniffLength))
}

const textBytes = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b])

/** Text has no control characters beside tabs, line ends and escapes; an e-mail starts with header lines. */
function textType(beginning: Uint8Array): string {
  if (beginning.length === 0) return unknownType
  for (const byte of beginning) if (byte < 0x20 && !textBytes.has(byte)) return unknownType
  const text = Buffer.from(beginning).toString('latin1')
  if (/^(received|return-path|delivered-to|from|mime-version|x-[a-z-]+):\s/i.test(text))
    return 'message/rfc822'
  return 'text/plain'
}
