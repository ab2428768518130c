/** Why there is no usable keychain. */
export const keychainCauses = [
  /** The system library behind the keychain is not installed. */
  'no-library',
  /** No session bus: nothing desktop-like is running for this user. */
  'no-bus',
  /** A session bus, but nobody keeps secrets on it. */
  'no-service',
  /** A keeper of secrets without any keyring in it. */
  'no-keyring',
  /** There, and locked. */
  'locked',
  /** There, and waiting, perhaps behind a prompt nobody sees. */
  'no-answer',
  'other',
] as const
export type KeychainCause = (typeof keychainCauses)[number]

export class NoAnswer extends Error {}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * What a failed keychain call comes down to. Codes and environment decide where they can; libsecret hands on nothing but
 * text, so there the untranslated names in it are looked for (bus name, object path, lock state). They choose an explanation
 * and never what Forager does.
 */
export function causeOf(thrown: unknown, environment: Environment, platform: string): KeychainCause {
  if (thrown instanceof NoAnswer) return 'no-answer'
  const { code, message } = Object(thrown) as { code?: unknown; message?: unknown }
  if (code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    return 'no-library'
  }
  const text = typeof message === 'string' ? message : ''
  if (platform !== 'linux') return 'other'
  if (environment['DBUS_SESSION_BUS_ADDRESS'] === undefined && /D-?Bus/i.test(text)) return 'no-bus'
  if (/\/org\/freedesktop\/secrets\/(collection|aliases)\//.test(text)) return 'no-keyring'
  if (/org\.freedesktop\.secrets|ServiceUnknown/.test(text)) return 'no-service'
  return /IsLocked|locked/i.test(text) ? 'locked' : 'other'
}
