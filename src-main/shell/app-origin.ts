/** The page's own scheme and origin: nothing else is ever loaded, navigated to or listened to. */
export const appScheme = 'app'
export const appHost = 'forager'
export const appOrigin = `${appScheme}://${appHost}`
export const appStartUrl = `${appOrigin}/index.html`

/**
 * True for addresses of the app itself. Parsed, never compared as text: `app://forager@example.org/` and
 * `app://forager.example.org/` start with the right letters. User names and ports are refused.
 */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.hostname === appHost &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}
