import { ForagerError } from '#shared/errors/forager-error.ts'
import { observableDataLimit } from '#shared/model/observable.ts'
import { dataTypeOf } from './data-type.ts'
import { refang, unwrap } from './refang.ts'

/** One line of pasted text as an observable; `line` counts from 1. */
export type ClassifiedLine = { dataType: string; data: string; line: number; original: string }

/**
 * Pasted text, one value a line: refanged, typed, without blank lines and without values already met. Pure; nothing is kept.
 * @throws ForagerError `rejected` naming the first line that is longer than TheHive takes
 */
export function classifyText(text: string): ClassifiedLine[] {
  const met = new Set<string>()
  const found: ClassifiedLine[] = []
  for (const [at, original] of text.split(/\r\n|\n|\r/).entries()) {
    const value = classifyLine(original)
    if (value === undefined) continue
    if (value.data.length > observableDataLimit) throw tooLong(at + 1)
    const key = `${value.dataType}\n${value.data}`
    if (met.has(key)) continue
    met.add(key)
    found.push({ ...value, line: at + 1, original })
  }
  return found
}

/** Undefined for a blank line. What is no address stays as it was written, marks and all. */
function classifyLine(original: string): { dataType: string; data: string } | undefined {
  const bare = unwrap(original)
  if (bare === '') return undefined
  const data = unwrap(refang(bare))
  const dataType = dataTypeOf(data, data !== bare)
  return dataType === 'other' ? { dataType, data: original.trim() } : { dataType, data }
}

function tooLong(line: number): ForagerError {
  const message = `Line ${line} is longer than ${observableDataLimit.toLocaleString('en')} characters.`
  return new ForagerError('rejected', message, {
    did: 'Nothing was added.',
    next: 'Shorten it, or drop it as a file.',
  })
}
