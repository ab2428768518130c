/** The closed set of failures that may cross a process boundary. Classified by status and code, never by message text. */
export const errorKinds = [
  'offline',
  'timeout',
  'unauthorised',
  'forbidden',
  'not-found',
  'conflict',
  'rejected',
  'rate-limited',
  'unexpected-shape',
  'tls',
  'disk-full',
  'corrupt',
  'locked',
  'newer-file',
  'no-keychain',
  'unreadable-file',
  'server-error',
  'cancelled',
  'bug',
] as const

export type ErrorKind = (typeof errorKinds)[number]
