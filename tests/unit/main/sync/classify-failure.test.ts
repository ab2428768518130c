import { expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { classifyFailure } from '#main/sync/classify-failure.ts'
import { statusError } from '#main/thehive/status-errors.ts'

const answered = (status: number) => classifyFailure(statusError({ status, host: 'h' }, 0))

it.each([301, 302, 303, 307, 308])('a redirect (%i) says nothing about the decision: ask first', (status) => {
  expect(answered(status)).toEqual({ outcome: 'unknown' })
})

it.each([400, 403, 404, 409, 413, 422])('a refusal (%i) is one', (status) => {
  expect(answered(status)).toEqual({ outcome: 'refused' })
})

it('what the client itself refuses to send is refused', () => {
  const error = new ForagerError('rejected', 'No.', { details: { sent: false } })
  expect(classifyFailure(error)).toEqual({ outcome: 'refused' })
})
