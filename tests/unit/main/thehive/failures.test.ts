import { describe, expect, it } from 'vitest'
import { retryAfterMs } from '#main/thehive/retry-after.ts'
import { requestHeaders } from '#main/thehive/request-headers.ts'
import { statusError } from '#main/thehive/status-errors.ts'
import { transportError } from '#main/thehive/transport-errors.ts'

const coded = (code: string) => Object.assign(new Error('some text'), { code })
const host = 'hive.acme.example'
const early = { host, started: false, aborted: undefined }
const late = { host, started: true, aborted: undefined }

describe('a request without an answer', () => {
  it.each([
    ['ECONNREFUSED', 'offline'],
    ['ENOTFOUND', 'offline'],
    ['EHOSTUNREACH', 'offline'],
    ['UND_ERR_CONNECT_TIMEOUT', 'offline'],
    ['UND_ERR_PRX_CONN', 'offline'],
    ['ESOMETHINGNEW', 'offline'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['ERR_SSL_SOMETHING_NEW', 'tls'],
  ])('that failed with %s before it started is %s and was not sent', (code, kind) => {
    expect(transportError(coded(code), early)).toMatchObject({ kind, details: { sent: false, code } })
  })

  it.each([
    'ECONNRESET',
    'EPIPE',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'ESOMETHINGNEW',
  ])('that failed with %s after it started is of unknown fate', (code) => {
    expect(transportError(coded(code), late)).toMatchObject({ kind: 'timeout', details: { sent: true } })
  })

  it('is classified by the code along its causes, and by the first of joined attempts', () => {
    const joined = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])
    const wrapped = new Error('wrapper', { cause: joined })
    expect(transportError(wrapped, early).details?.['code']).toBe('ECONNREFUSED')
  })
})

describe('an answer that says no', () => {
  const kindOf = (status: number, serverType?: string) => statusError({ status, host, serverType }, 0)

  it.each([
    [400, 'rejected'],
    [401, 'unauthorised'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [408, 'timeout'],
    [409, 'conflict'],
    [413, 'rejected'],
    [422, 'rejected'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'server-error'],
    [520, 'server-error'],
    [302, 'rejected'],
  ])('%i is %s', (status, kind) => {
    expect(kindOf(status).kind).toBe(kind)
  })

  it('of a duplicate is a conflict by its type, whatever its text', () => {
    expect(kindOf(400, 'CreateError').kind).toBe('conflict')
    expect(
      statusError({ status: 400, host, serverType: 'BadRequest', serverMessage: 'already exist' }, 0).kind,
    ).toBe('rejected')
  })

  it('may have taken effect only where the server did not refuse', () => {
    const sent = (status: number) => kindOf(status).details?.['sent']
    expect([500, 503, 408].map(sent)).toEqual([true, true, true])
    expect([400, 401, 403, 404, 409, 429].map(sent)).toEqual(Array(6).fill(undefined))
  })
})

describe('the wait a server asks for', () => {
  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    ['Thu, 01 Jan 1960 00:00:00 GMT', 0],
    ['99999999999', 86_400_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, 0)).toBe(expected)
  })
})

describe('the headers of a request', () => {
  it('carry key and organisation', () => {
    expect(requestHeaders({ apiKey: 'abc', organisation: 'Société' }, '1.2.3')).toMatchObject({
      authorization: 'Bearer abc',
      'x-organisation': 'Société',
      'user-agent': 'forager/1.2.3',
    })
  })

  it.each(['two words', 'line\nend', 'schlüssel'])('refuse the key %j without repeating it', (apiKey) => {
    expect(() => requestHeaders({ apiKey })).toThrow(
      expect.objectContaining({ kind: 'rejected', message: expect.not.stringContaining(apiKey) }),
    )
  })

  it('refuse an organisation that no header can carry', () => {
    expect(() => requestHeaders({ apiKey: 'abc', organisation: '組織\r\nX: y' })).toThrow(/cannot be sent/)
  })
})
