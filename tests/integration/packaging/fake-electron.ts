import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What precedes the fuse wire in every Electron binary; then a version byte, a length byte and one character a fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** Electron's own settings in the order of the wire, from run-as-node to WebAssembly trap handlers. */
export const electronDefaultFuses = '101100011'

/** A folder that looks like an unpacked Electron for Linux, its binary inert but for a real fuse wire. */
export function makeFakeElectron(folder: string, version: string): string {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'licence of the runtime')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<p>licences</p>')
  writeFileSync(join(folder, 'locales/en-US.pak'), 'words')
  writeFileSync(join(folder, 'resources/default_app.asar'), 'an app Forager must not ship')
  writeFileSync(join(folder, 'electron'), fakeBinary())
  chmodSync(join(folder, 'electron'), 0o755)
  return folder
}

function fakeBinary(): Buffer {
  const wire = Buffer.from([1, electronDefaultFuses.length])
  return Buffer.concat([
    Buffer.from('not a program\0'),
    Buffer.from(sentinel),
    wire,
    Buffer.from(electronDefaultFuses),
    Buffer.from('\0the end'),
  ])
}

/** The fuse wire of a binary, one character a fuse. */
export function readFuses(binary: string): string {
  const bytes = readFileSync(binary)
  const at = bytes.indexOf(sentinel) + sentinel.length
  const length = bytes[at + 1] ?? 0
  return bytes.subarray(at + 2, at + 2 + length).toString('latin1')
}
