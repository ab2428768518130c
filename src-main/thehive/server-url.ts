import { isIPv6 } from 'node:net'
import { ForagerError } from '#shared/errors/forager-error.ts'

const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i
const apiSuffix = /\/(api|api\/.*)$/

/**
 * The address requests are built on: scheme, host, port and context path, without a trailing slash, query or `/api…`.
 * Plain http is for this computer alone, because the API key travels in every request.
 * @throws ForagerError `rejected`, with the way out in `next`
 */
export function normaliseServerUrl(text: string): string {
  const trimmed = text.trim()
  const url = parse(hasScheme.test(trimmed) ? trimmed : `https://${trimmed}`)
  if (url.username !== '' || url.password !== '') {
    throw refused(
      'The address contains a user name or password.',
      'Leave them out and give an API key instead.',
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refused(
      'Plain http would send the API key readable to everyone on the way.',
      `Use https://${url.host} instead.`,
    )
  }
  const path = url.pathname.replace(/\/+$/, '').replace(apiSuffix, '').replace(/\/+$/, '')
  return `${url.protocol}//${url.host}${path}`
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.hostname === '') {
    throw refused('This is not an address Forager can use.', 'Give it like this: https://thehive.example.org')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(
      `Forager speaks https, not ${url.protocol.slice(0, -1)}.`,
      'Start the address with https://',
    )
  }
  return url
}

/** `hostname` as the URL parser writes it: IPv4 in four decimals, IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  const address = hostname.replace(/^\[|\]$/g, '')
  return isIPv6(address) ? address === '::1' : /^127\.\d+\.\d+\.\d+$/.test(address)
}

function refused(message: string, next: string): ForagerError {
  return new ForagerError('rejected', message, { next, details: { sent: false } })
}
