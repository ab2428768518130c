/** What a secret is replaced by, in logs. */
export const redacted = '[redacted]'

const secretKey = /api.?key|passphrase|password|secret|token|authori[sz]ation|cookie|credential/i
const secretText = /\b(bearer|basic)\s+[\w.~+/=-]+/gi
/** Who signs in, before the host of an address. */
const secretInAddress = /(\w:\/\/)[^\s/]+@/g
const maxDepth = 6
const maxText = 4_000

/**
 * A copy that is safe to write down: secrets by key name, by look (`Bearer …`, `http://user:password@`) and by exact value are gone, errors become
 * plain data, and long or deep values are cut.
 */
export function redact(value: unknown, secrets: ReadonlySet<string>, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value, secrets)
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function')
    return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maxDepth) return '[deep]'
  if (value instanceof Error) return redactError(value, secrets, depth)
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, secrets, depth + 1))
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretKey.test(key) && item !== undefined && item !== null
        ? redacted
        : redact(item, secrets, depth + 1),
    ]),
  )
}

function redactText(text: string, secrets: ReadonlySet<string>): string {
  let safe = text
  for (const secret of secrets) safe = safe.replaceAll(secret, redacted)
  safe = safe.replace(secretText, `$1 ${redacted}`).replace(secretInAddress, `$1${redacted}@`)
  return safe.length > maxText ? `${safe.slice(0, maxText)}… (${safe.length} characters)` : safe
}

function redactError(error: Error, secrets: ReadonlySet<string>, depth: number): unknown {
  return {
    name: error.name,
    message: redactText(error.message, secrets),
    ...(error.stack !== undefined && { stack: redactText(error.stack, secrets) }),
    ...(error.cause !== undefined && { cause: redact(error.cause, secrets, depth + 1) }),
  }
}
