import { redact } from './redact.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** Facts go into `facts`, never into the message: only there are keys known, and secrets found by name. */
export interface Logger {
  debug(message: string, facts?: Record<string, unknown>): void
  info(message: string, facts?: Record<string, unknown>): void
  warn(message: string, facts?: Record<string, unknown>): void
  error(message: string, facts?: Record<string, unknown>): void
  /** From now on this exact text never reaches a line. Shorter than 6 characters is ignored: it would hide ordinary text. */
  hide(secret: string): void
}

export type LoggerOptions = {
  /** Takes one finished line, without its line end. */
  write: (line: string) => void
  level?: LogLevel | undefined
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined
}

/** Makes a logger of JSON lines: `time`, `level`, `message`, then the facts, all redacted. */
export function createLogger({ write, level = 'info', now = Date.now }: LoggerOptions): Logger {
  const secrets = new Set<string>()
  const lowest = logLevels.indexOf(level)
  const at =
    (own: LogLevel) =>
    (message: string, facts: Record<string, unknown> = {}) => {
      if (logLevels.indexOf(own) < lowest) return
      const safe = redact(facts, secrets) as Record<string, unknown>
      const line = {
        time: new Date(now()).toISOString(),
        level: own,
        message: redact(message, secrets),
        ...safe,
      }
      write(JSON.stringify(line))
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    hide: (secret) => {
      if (secret.length >= 6) secrets.add(secret)
    },
  }
}
