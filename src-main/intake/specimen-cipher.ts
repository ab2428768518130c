import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { CipherGCM, DecipherGCM } from 'node:crypto'

const algorithm = 'aes-256-gcm'
/** 96 bits: the length AES-GCM is specified for. Random per file, so no two files share one under the same key. */
const ivLength = 12

/** The key of all specimens of a profile, derived from the profile's own, so that neither reveals the other. */
function specimenKey(keyHex: string): Buffer {
  const profileKey = Buffer.from(keyHex, 'hex')
  if (profileKey.length !== 32) throw new Error('The key of a profile is 32 bytes in hex')
  return Buffer.from(hkdfSync('sha256', profileKey, Buffer.alloc(0), 'specimens', 32))
}

/** `id` is bound to the ciphertext: a file put in another's place does not open. */
export function encryptor(keyHex: string, id: string): { cipher: CipherGCM; iv: string } {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv(algorithm, specimenKey(keyHex), iv)
  cipher.setAAD(Buffer.from(id))
  return { cipher, iv: iv.toString('hex') }
}

export function decryptor(
  keyHex: string,
  { id, iv, tag }: { id: string; iv: string; tag: string },
): DecipherGCM {
  const decipher = createDecipheriv(algorithm, specimenKey(keyHex), Buffer.from(iv, 'hex'), {
    authTagLength: 16,
  })
  decipher.setAAD(Buffer.from(id))
  decipher.setAuthTag(Buffer.from(tag, 'hex'))
  return decipher
}
