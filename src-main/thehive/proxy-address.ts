/** What a proxy asks for; never part of what is written down or shown. */
export type ProxyLogin = { user: string; password: string }

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i

/**
 * A proxy's address apart from the login typed into it. By the text alone: a password that was not percent-encoded, or stands in
 * what is no address, must not pass for a part of the address. That ends at the last `@`, for a proxy has no path.
 */
export function splitProxy(text: string): { address: string; login?: ProxyLogin } {
  const typed = text.trim()
  const end = typed.lastIndexOf('@')
  if (end < 0) return { address: typed }
  const [begin = ''] = scheme.exec(typed) ?? []
  const address = begin + typed.slice(end + 1)
  const [user = '', ...rest] = typed.slice(begin.length, end).split(':')
  const login = { user: decoded(user), password: decoded(rest.join(':')) }
  return login.user === '' && login.password === '' ? { address } : { address, login }
}

/** What {@link splitProxy} takes apart. */
export function joinProxy(address: string, login: ProxyLogin | undefined): string {
  if (login === undefined) return address
  const [begin = ''] = scheme.exec(address) ?? []
  const named = [login.user, login.password].map(encodeURIComponent).join(':')
  return `${begin}${named}@${address.slice(begin.length)}`
}

/** As `Proxy-Authorization: Basic` carries it. */
export const basicCredentials = ({ user, password }: ProxyLogin): string =>
  Buffer.from(`${user}:${password}`).toString('base64')

/** Every form in which a proxy may echo the login it was sent. */
export function proxySecrets(proxy: string | undefined): string[] {
  const { login } = splitProxy(proxy ?? '')
  if (login === undefined) return []
  return [basicCredentials(login), login.password].filter((secret) => secret !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Nobody encoded it: a sign of percent is one.
    return text
  }
}
