import { isLocalId } from '#shared/model/operation.ts'
import { queueDate } from '#shared/model/queue-date.ts'
import type { Pap, Severity, Stage, Tlp } from '#shared/model/scales.ts'
import { papValues, stages } from '#shared/model/scales.ts'

/** An object of an answer before anything about it has been checked. */
export type Row = Readonly<Record<string, unknown>>

/** A field that is not what the API promises; the message names it in words. */
export class WireProblem extends Error {
  constructor(field: string, expected: string, value: unknown) {
    super(`"${field}" should be ${expected}, but is ${describe(value)}`)
    this.name = 'WireProblem'
  }
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = String(value)
  return `${typeof value === 'string' ? 'the text' : typeof value} "${text.slice(0, 40)}"`
}

export function asRow(value: unknown, what: string): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row
  throw new WireProblem(what, 'an object', value)
}

export function text(row: Row, field: string): string {
  const value = row[field]
  if (typeof value === 'string') return value
  throw new WireProblem(field, 'text', value)
}

/** What names a thing on the server. One that looks like Forager's own could be taken for a thing not sent yet. */
export function id(row: Row, field = '_id'): string {
  const value = text(row, field)
  if (value !== '' && !isLocalId(value)) return value
  throw new WireProblem(field, 'an id of the server', value)
}

/** Absent and null are the same; an empty text stays. */
export function optionalText(row: Row, field: string): string | undefined {
  const value = row[field]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  throw new WireProblem(field, 'text', value)
}

/** The first and last moment a calendar can show, ms since the epoch. */
const lastMoment = 8_640_000_000_000_000

/** Counts, sizes and stamps are whole, and no larger than a calendar goes: larger ones could neither be kept nor shown. */
export function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= lastMoment
}

export function number(row: Row, field: string): number {
  const value = row[field]
  if (isWhole(value)) return value
  throw new WireProblem(field, 'a whole number', value)
}

/**
 * A moment in whole ms. One that no calendar can show (nanoseconds sent as milliseconds, say) becomes the nearest one that
 * can be shown: senders choose it freely, and an alert must not stay unseen for it.
 */
export function moment(row: Row, field: string): number {
  const value = row[field]
  if (typeof value !== 'number') throw new WireProblem(field, 'a number', value)
  return Math.round(Math.min(Math.max(value, -lastMoment), lastMoment))
}

/** The date of an alert, which senders choose as freely: the nearest one the queue can be sorted and filtered by. */
export const alertDate = (row: Row): number => queueDate(moment(row, 'date'))

export function optionalMoment(row: Row, field: string): number | undefined {
  const value = row[field]
  return value === undefined || value === null ? undefined : moment(row, field)
}

export function optionalNumber(row: Row, field: string): number | undefined {
  const value = row[field]
  return value === undefined || value === null ? undefined : number(row, field)
}

export function flag(row: Row, field: string, absent: boolean): boolean {
  const value = row[field]
  if (typeof value === 'boolean') return value
  if (value === undefined || value === null) return absent
  throw new WireProblem(field, 'true or false', value)
}

export function texts(row: Row, field: string): string[] {
  const value = row[field]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new WireProblem(field, 'a list of texts', value)
  for (const item of value)
    if (typeof item !== 'string') throw new WireProblem(field, 'a list of texts', item)
  return value as string[]
}

/** The list itself, its items unchecked; absent and null are empty. */
export function list(row: Row, field: string): readonly unknown[] {
  const value = row[field]
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  throw new WireProblem(field, 'a list', value)
}

export function severity(row: Row): Severity {
  const value = row['severity']
  if (value === 1 || value === 2 || value === 3 || value === 4) return value
  throw new WireProblem('severity', 'a number from 1 to 4', value)
}

export function tlp(row: Row, meanings: readonly Tlp[]): Tlp {
  const value = row['tlp']
  const meaning = typeof value === 'number' ? meanings[value] : undefined
  if (meaning !== undefined) return meaning
  throw new WireProblem('tlp', `a number from 0 to ${meanings.length - 1}`, value)
}

/** `absent` stands in where this kind of record carries no PAP at all. */
export function pap(row: Row, absent?: Pap): Pap {
  const value = row['pap']
  if (absent !== undefined && (value === undefined || value === null)) return absent
  const meaning = typeof value === 'number' ? papValues[value] : undefined
  if (meaning !== undefined) return meaning
  throw new WireProblem('pap', 'a number from 0 to 3', value)
}

export function stage(row: Row): Stage {
  const value = row['stage']
  if (value === 'New' || value === 'InProgress' || value === 'Closed' || value === 'Imported') return value
  throw new WireProblem('stage', `one of ${stages.join(', ')}`, value)
}
