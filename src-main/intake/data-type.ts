import { isIP } from 'node:net'
import { parse } from 'tldts'

const hashLengths = new Set([32, 40, 64, 128])
const scheme = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]\S*$/i
const registryKey = /^(HKEY_[A-Z_]+|HKLM|HKCU|HKCR|HKCC|HKU)\\/i
/** Product and dotted version first, as RFC 9110 writes it. */
const userAgent = /^[a-z][\w.+-]*\/\d+(\.\w+)+(\s.*)?$/i
/** The extension holds a letter, so that a version number is no file. */
const fileName = /^[^\\/:*?"<>|]+\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,5}$/i
/** Public suffixes that are far more often the end of a file's name. */
const fileSuffixes = new Set(['zip', 'mov', 'sh', 'py'])
/** RFC 2606 and 6761: names for documentation and tests, which no registry lists. */
const reservedSuffixes = new Set(['test', 'example', 'invalid', 'localhost'])

/**
 * TheHive's own name for what a refanged value is; `other` when nothing fits. `wasDefanged` tells that somebody took it for
 * an address, which settles the names that could be files.
 */
export function dataTypeOf(value: string, wasDefanged: boolean): string {
  if (isIP(value) !== 0) return 'ip'
  if (scheme.test(value) && URL.canParse(value)) return 'url'
  if (isMail(value)) return 'mail'
  if (hashLengths.has(value.length) && /^[0-9a-f]+$/i.test(value)) return 'hash'
  if (registryKey.test(value)) return 'registry'
  const host = hostTypeOf(value, wasDefanged)
  if (host !== undefined) return host
  if (isUrlWithoutScheme(value)) return 'url'
  if (userAgent.test(value)) return 'user-agent'
  return fileName.test(value) ? 'filename' : 'other'
}

function isMail(value: string): boolean {
  const at = value.lastIndexOf('@')
  return at > 0 && /^[^\s@<>"]+$/.test(value.slice(0, at)) && isHost(value.slice(at + 1))
}

/** `evil.example/path`: no scheme, but a host that is one beyond doubt. */
function isUrlWithoutScheme(value: string): boolean {
  const slash = value.indexOf('/')
  return slash > 0 && !/\s/.test(value) && isHost(value.slice(0, slash).replace(/:\d+$/, ''))
}

const isHost = (value: string): boolean => hostTypeOf(value, true) !== undefined

/** `domain` for what one can register, `fqdn` for what lies below. */
function hostTypeOf(value: string, wasDefanged: boolean): 'domain' | 'fqdn' | undefined {
  if (!value.includes('.') || /[\s/:@]/.test(value)) return undefined
  const { domain, hostname, isIcann, publicSuffix, isIp } = parse(value, { extractHostname: false })
  if (isIp === true || hostname === null || publicSuffix === null || domain === null) return undefined
  if (isIcann !== true && !reservedSuffixes.has(publicSuffix)) return undefined
  const plain = hostname.split('.').length === 2
  if (!wasDefanged && plain && fileSuffixes.has(publicSuffix)) return undefined
  return domain === hostname ? 'domain' : 'fqdn'
}
