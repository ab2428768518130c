import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Certificate = { key: string; cert: string }

/** Made out to a name or an address, for two days. Undefined when this machine has no openssl to make certificates with. */
export function selfSigned(name: string): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'forager-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert]
  const named = `subjectAltName=${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`
  const subject = ['-subj', `/CN=${name}`, '-addext', named, '-days', '2']
  try {
    execFileSync('openssl', [...request, ...subject], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
