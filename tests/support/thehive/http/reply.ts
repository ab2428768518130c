import type { Readable } from 'node:stream'
import type { HiveError } from '../state/errors.ts'

export type Reply = {
  status: number
  headers?: Record<string, string> | undefined
  /** Text is JSON unless a header says otherwise; undefined sends no body. */
  body?: string | Buffer | Readable | undefined
  /** The component of the API document that each element of a list in the body must satisfy. */
  elementSchema?: string | undefined
}

export const json = (status: number, value: unknown): Reply => ({ status, body: JSON.stringify(value) })

export const noContent: Reply = { status: 204 }

export const failure = (error: HiveError): Reply =>
  json(error.status, { type: error.type, message: error.message })
