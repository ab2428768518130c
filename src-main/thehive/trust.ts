import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { ForagerError } from '#shared/errors/forager-error.ts'

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * The certificate authorities to trust: the built-in ones and those of the PEM text. Undefined means just the built-in ones.
 * @throws ForagerError `tls` when the text holds no readable certificate
 */
export function trustedRoots(pem: string | undefined): string[] | undefined {
  if (pem === undefined || pem.trim() === '') return undefined
  const own = pem.match(certificate) ?? []
  if (own.length === 0 || !own.every(isReadable)) {
    throw new ForagerError('tls', 'The file with the certificate authority could not be read as PEM.', {
      did: 'Nothing was sent.',
      next: 'Choose a text file that starts with "-----BEGIN CERTIFICATE-----".',
      details: { sent: false },
    })
  }
  return [...rootCertificates, ...own]
}

function isReadable(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined
  } catch {
    return false
  }
}
