import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Connection } from './port.ts'

/** A header value must be one line of Latin-1; a key is printable ASCII without blanks. */
const keyText = /^[\x21-\x7e]+$/
const headerText = /^[\x20-\x7e\xa0-\xff]+$/

/**
 * The headers of every request.
 * @throws ForagerError `rejected` when key or organisation cannot travel in a header; the text never repeats the key
 */
export function requestHeaders(
  { apiKey, organisation }: Pick<Connection, 'apiKey' | 'organisation'>,
  version = 'dev',
): Record<string, string> {
  if (apiKey !== '' && !keyText.test(apiKey)) {
    throw refused(
      'The API key contains blanks or characters no key has.',
      'Copy it again, without line ends.',
    )
  }
  if (organisation !== undefined && !headerText.test(organisation)) {
    throw refused(
      'The name of the organisation cannot be sent as it is.',
      'Use the id of the organisation instead.',
    )
  }
  return {
    accept: 'application/json',
    'user-agent': `forager/${version}`,
    ...(apiKey !== '' && { authorization: `Bearer ${apiKey}` }),
    ...(organisation !== undefined && { 'x-organisation': organisation }),
  }
}

function refused(message: string, next: string): ForagerError {
  return new ForagerError('rejected', message, { next, details: { sent: false } })
}
