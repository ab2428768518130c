import { describe, expect, it } from 'vitest'
import { openSession } from '#main/thehive/session.ts'
import { plainMarks } from '#tests/support/make.ts'
import { signal } from './harness.ts'
import { oddServers } from './odd-server.ts'
import type { OddAnswer } from './odd-server.ts'

const { connect, start } = oddServers()

async function failureOf(answer: OddAnswer): Promise<unknown> {
  const { url } = await start({ 'GET /': () => answer })
  const session = openSession({ url, apiKey: 'sekret-9012' })
  const failure = await session.send({ method: 'GET', path: '/' }, signal).catch((thrown: unknown) => thrown)
  await session.close()
  return failure
}

const text = (status: number, body: string): OddAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from(body),
})

type Expected = { kind: string; type?: string | undefined; said?: string | undefined }

/** Every form of refusal that TheHive 3, 4 and 5 are known to give. */
const forms: [string, OddAnswer, Expected][] = [
  [
    'type and message',
    { status: 400, body: { type: 'BadRequest', message: 'Alert is already imported' } },
    { kind: 'rejected', type: 'BadRequest', said: 'Alert is already imported' },
  ],
  [
    'a duplicate of TheHive 3, with its object',
    { status: 400, body: { type: 'ConflictError', message: '[a1]: version conflict', object: {} } },
    { kind: 'conflict', type: 'ConflictError', said: '[a1]: version conflict' },
  ],
  [
    'wrong fields as TheHive 3 tells them, without a message',
    {
      status: 400,
      body: {
        type: 'AttributeCheckingError',
        tableName: 'alert',
        errors: [
          { name: 'pap', type: 'UnknownAttributeError', message: 'Unknown attribute pap' },
          { name: 'date', type: 'UpdateReadOnlyAttributeError' },
        ],
      },
    },
    {
      kind: 'rejected',
      type: 'AttributeCheckingError',
      said: 'pap – Unknown attribute pap; date – UpdateReadOnlyAttributeError',
    },
  ],
  [
    'wrong fields as TheHive 4 tells them',
    {
      status: 400,
      body: {
        type: 'AttributeCheckingError',
        message: '[Invalid format for severity]',
        errors: [
          { name: 'severity', type: 'InvalidFormatAttributeError', format: 'int', message: 'no number' },
        ],
      },
    },
    {
      kind: 'rejected',
      type: 'AttributeCheckingError',
      said: '[Invalid format for severity]: severity – no number',
    },
  ],
  [
    'several errors of TheHive 3, under "error"',
    {
      status: 400,
      body: { type: 'MultiError', error: 'Two failed', suberrors: [{ message: 'a' }, { message: 'b' }] },
    },
    { kind: 'rejected', type: 'MultiError', said: 'Two failed: a; b' },
  ],
  [
    'several errors of TheHive 4',
    { status: 400, body: { type: 'MultiError', message: 'Two failed', suberrors: [{ type: 'x' }] } },
    { kind: 'rejected', type: 'MultiError', said: 'Two failed: x' },
  ],
  [
    'a list of errors, one an item',
    {
      status: 400,
      body: [
        { type: 'NotFoundError', message: 'alert a not found' },
        { type: 'NotFoundError', message: 'alert b not found' },
      ],
    },
    { kind: 'rejected', type: 'NotFoundError', said: 'alert a not found; alert b not found' },
  ],
  [
    'plain text, as TheHive 3 answers broken JSON',
    text(400, 'Invalid Json: Unexpected end-of-input'),
    { kind: 'rejected', said: 'Invalid Json: Unexpected end-of-input' },
  ],
  [
    'plain text for a path it does not know',
    text(404, 'Action not found'),
    { kind: 'not-found', said: 'Action not found' },
  ],
  [
    'a missing thing',
    { status: 404, body: { type: 'NotFoundError', message: 'Alert not found' } },
    { kind: 'not-found', type: 'NotFoundError', said: 'Alert not found' },
  ],
  [
    'a wrong key',
    { status: 401, body: { type: 'AuthenticationError', message: 'Authentication failure' } },
    { kind: 'unauthorised', type: 'AuthenticationError', said: 'Authentication failure' },
  ],
  [
    'a second factor asked for',
    { status: 402, body: { type: 'MultiFactorCodeRequired', message: 'MFA code is required' } },
    { kind: 'unauthorised', type: 'MultiFactorCodeRequired' },
  ],
  [
    'a missing permission',
    { status: 403, body: { type: 'AuthorizationError', message: 'Operation not permitted' } },
    { kind: 'forbidden', type: 'AuthorizationError', said: 'Operation not permitted' },
  ],
  [
    'a body too large',
    { status: 413, body: { type: 'Unknown', message: 'Request Entity Too Large' } },
    { kind: 'rejected', type: 'Unknown' },
  ],
  [
    'a Java class name with a cause',
    {
      status: 500,
      body: { type: 'java.lang.IllegalStateException', message: 'closed', cause: { type: 'x' } },
    },
    { kind: 'server-error', type: 'java.lang.IllegalStateException', said: 'closed' },
  ],
  [
    'a null body, as TheHive 3 says that its index is missing',
    { status: 520, body: null },
    { kind: 'server-error' },
  ],
  ['no body', { status: 400 }, { kind: 'rejected' }],
  [
    'fields of the wrong types',
    { status: 400, body: { type: 7, message: ['x'], errors: 'none' } },
    { kind: 'rejected' },
  ],
]

describe('a refusal', () => {
  it.each(forms)('in the form of %s keeps what the server said', async (_, answer, { kind, type, said }) => {
    const failure = (await failureOf(answer)) as { kind?: string; details?: Record<string, unknown> }
    expect(failure.kind).toBe(kind)
    expect(failure.details?.['serverType']).toBe(type)
    if (said !== undefined) expect(failure.details?.['serverMessage']).toBe(said)
    expect(failure.details?.['status']).toBe(answer.status)
  })

  it.each([502, 503, 504, 413, 429])(
    'of a proxy, a web page with status %i, shows nothing of the page',
    async (status) => {
      const body = Buffer.from('<html><script>alert(1)</script><h1>Bad Gateway</h1></html>')
      const failure = await failureOf({ status, headers: { 'content-type': 'text/html' }, body })
      expect(failure).toMatchObject({ details: { status } })
      expect(JSON.stringify(failure)).not.toContain('script')
    },
  )

  it('of 10 MB is not read to its end', async () => {
    const failure = await failureOf({
      status: 400,
      body: Buffer.from(JSON.stringify({ type: 'BadRequest', message: 'x'.repeat(10 * 1024 * 1024) })),
    })
    expect(failure).toMatchObject({ kind: 'rejected', details: { status: 400 } })
    expect(JSON.stringify(failure).length).toBeLessThan(2_000)
  })

  it('names no more than a few of many reasons', async () => {
    const errors = Array.from({ length: 300 }, (_, at) => ({ name: `field${at}`, message: 'wrong' }))
    const failure = await failureOf({ status: 400, body: { type: 'AttributeCheckingError', errors } })
    const { details } = failure as { details: { serverMessage: string } }
    expect(details.serverMessage).toContain('field0 – wrong')
    expect(details.serverMessage.length).toBeLessThanOrEqual(500)
  })
})

describe('an answer that says that some of it failed', () => {
  const suberrors = [
    { type: 'CreateError', message: 'a is there' },
    { type: 'x', message: 'b is wrong' },
  ]
  const item = { values: [{ dataType: 'domain', data: 'a' }], marks: plainMarks }

  it.each([
    ['TheHive 3', { type: 'MultiError', error: 'Two failed', suberrors }],
    ['TheHive 4', { type: 'MultiError', message: 'Two failed', suberrors }],
  ])('in the words of %s, which name no item, is no success', async (_, body) => {
    const { server } = await connect({ 'POST /api/v1/alert/~1/observable': () => ({ status: 207, body }) })
    await expect(server.addValues('~1', item, signal)).rejects.toMatchObject({
      kind: 'rejected',
      details: { status: 207, serverType: 'MultiError', serverMessage: 'Two failed: a is there; b is wrong' },
    })
  })

  it('of each item says which', async () => {
    const body = {
      success: [],
      failure: [{ type: 'CreateError', message: 'is there', object: { data: 'a' } }],
    }
    const { server } = await connect({ 'POST /api/v1/alert/~1/observable': () => ({ status: 207, body }) })
    expect(await server.addValues('~1', item, signal)).toEqual({
      added: [],
      failed: [{ data: 'a', alreadyThere: true, message: 'is there' }],
    })
  })
})
