import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Sealed } from './passphrase-file.ts'

/** `name` is bound to the ciphertext: one entry cannot be put in another's place. */
export function seal(key: Buffer, name: string, text: string): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { iv: iv.toString('hex'), tag: cipher.getAuthTag().toString('hex'), data: data.toString('hex') }
}

/** Undefined when key, name or bytes are not those of the sealing. */
export function unseal(key: Buffer, name: string, { iv, tag, data }: Sealed): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'hex'), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(name)).setAuthTag(Buffer.from(tag, 'hex'))
  const text = decipher.update(data, 'hex')
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
