import { afterEach, describe, expect, it } from 'vitest'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { classifyFailure } from '#main/sync/classify-failure.ts'
import { made, now } from './checks.ts'
import { signal } from './harness.ts'
import type { Harness, OpenTarget } from './harness.ts'
import { thehive3, thehive4 } from './open-older.ts'
import { thehive5 } from './open-v1.ts'

const open: Harness[] = []
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close()
})

async function opened(target: OpenTarget): Promise<Harness> {
  const harness = await target.open()
  open.push(harness)
  return harness
}

const failureOf = (act: Promise<unknown>): Promise<ForagerError> =>
  act.then(
    () => {
      throw new Error('It did not fail.')
    },
    (thrown: unknown) => thrown as ForagerError,
  )

const refusal = { action: 'status', status: 401 } as const

describe.each([thehive3('3.5.2'), thehive4('4.1.24')])('two requests of one change, $flavour', (target) => {
  it('of which the second is not let in: what became of the change is not known', async () => {
    const harness = await opened(target)
    const { id } = await made(harness, { severity: 1 })
    harness.hive.faults.set({ failNext: [{ ...refusal, match: { pathRegex: '/markAs' } }] })
    const error = await failureOf(harness.server.updateAlert(id, { severity: 4, status: 'Ignored' }, signal))
    expect(await now(harness, id)).toMatchObject({ severity: 4 })
    expect(classifyFailure(error)).toEqual({ outcome: 'unknown' })
    expect(error.did).toContain('A part of it may have been done')
  })

  it('of which the second is refused: the refusal says what stays', async () => {
    const harness = await opened(target)
    const { id } = await made(harness, { severity: 1 })
    harness.hive.faults.set({ failNext: [{ ...refusal, status: 403, match: { pathRegex: '/markAs' } }] })
    const error = await failureOf(harness.server.updateAlert(id, { severity: 4, status: 'Ignored' }, signal))
    expect(await now(harness, id)).toMatchObject({ severity: 4 })
    expect(classifyFailure(error).outcome).toBe('refused')
    expect(error.did).toBe('A part of it was done before that, and stays.')
  })

  it('of which the first is not let in: nothing was done', async () => {
    const harness = await opened(target)
    const { id } = await made(harness, { severity: 1 })
    harness.hive.faults.set({ failNext: [{ ...refusal, match: { method: 'PATCH' } }] })
    const error = await failureOf(harness.server.updateAlert(id, { severity: 4, status: 'Ignored' }, signal))
    expect(await now(harness, id)).toMatchObject({ severity: 1 })
    expect(classifyFailure(error)).toEqual({ outcome: 'connection' })
  })
})

describe.each([thehive3('3.5.2'), thehive4('4.1.24'), thehive5('5.0.27')])(
  'one change of many alerts in a request each, $flavour $version',
  (target) => {
    it('of which the second is not let in: what became of them is not known', async () => {
      const harness = await opened(target)
      const [first, other] = [await made(harness), await made(harness)]
      harness.hive.faults.set({ failNext: [{ ...refusal, match: { method: 'PATCH', nth: 2 } }] })
      const ids = [first.id, other.id]
      const error = await failureOf(harness.server.updateAlerts(ids, { addTags: ['seen'] }, signal))
      expect((await now(harness, first.id)).tags).toContain('seen')
      expect((await now(harness, other.id)).tags).not.toContain('seen')
      expect(classifyFailure(error)).toEqual({ outcome: 'unknown' })
    })
  },
)

describe('one change of many alerts that TheHive 5 refuses as a whole', () => {
  it('and that is cut off while each goes by itself', async () => {
    const harness = await opened(thehive5('5.6.2'))
    const [first, other] = [await made(harness), await made(harness)]
    const badStatus = { action: 'status', status: 400, match: { pathRegex: '_bulk' } } as const
    const cutOff = { ...refusal, match: { method: 'PATCH', pathRegex: '/alert/[^_]', nth: 2 } }
    harness.hive.faults.set({ failNext: [badStatus, cutOff] })
    const ids = [first.id, other.id]
    const error = await failureOf(harness.server.updateAlerts(ids, { severity: 4 }, signal))
    expect((await now(harness, first.id)).severity).toBe(4)
    expect(classifyFailure(error)).toEqual({ outcome: 'unknown' })
  })
})
