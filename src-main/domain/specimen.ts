/** A file kept for sending, encrypted: the facts needed to describe it and to open it again. */
export type Specimen = {
  id: string
  name: string
  /** Bytes of the file itself, not of its encrypted copy. */
  size: number
  sha256: string
  contentType: string
  /** Hex: initialisation vector and authentication tag of the encrypted file. */
  iv: string
  tag: string
  createdAt: number
}
