import { PassThrough, Readable, Writable } from 'node:stream'

/**
 * One file in a zip under a password, as it streams in; never held in memory whole. The old encryption of zip files: every tool opens it, and
 * it keeps what is inside from being started by mistake, not from being read.
 */
export function protectedZip(
  { name, password }: { name: string; password: string },
  bytes: Readable,
): Readable {
  const zipped = new PassThrough()
  const packing = async () => {
    // Loaded when it is needed: starting takes no longer for it.
    const { ZipWriter } = await import('@zip.js/zip.js/index-native.js')
    const zip = new ZipWriter(Writable.toWeb(zipped), { password, zipCrypto: true, useWebWorkers: false })
    // The same stream in Node's types and in the browser's.
    await zip.add(name, Readable.toWeb(bytes) as unknown as ReadableStream)
    await zip.close()
  }
  // Whoever reads the result meets every error.
  packing().catch((thrown: unknown) => {
    bytes.destroy()
    zipped.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)))
  })
  return zipped
}
