import { afterEach, describe, expect, it } from 'vitest'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** How it ended, and whether that was soon. */
async function endOf(asked: Promise<unknown>): Promise<string> {
  const late = new Promise<string>((done) => setTimeout(() => done('still waiting'), 8_000).unref())
  return Promise.race([asked.then(() => 'answered').catch(() => 'given up'), late])
}

describe('leaving a server that does not answer', () => {
  it('ends every question to it, and what is decided meanwhile is stored', async () => {
    const hive = await startStandIn({ seed: 3, alerts: 20 })
    stops.push(hive.stop)
    const connection = { url: hive.url, apiKey: 'ana-key' }
    const rig = await startCoreRig({ connection })
    stops.push(() => rig.stop())
    await rig.filled()
    const id = (await rig.inbox(1))[0]?.id ?? ''
    hive.faults.set({ failNext: [{ match: { pathRegex: '.' }, action: 'hang', times: 1_000 }] })
    const before = hive.events().length
    const questions = [
      rig.call('alerts.similar', { id }),
      rig.call('queue.askServer', { filter: parseFilter('severity:high').filter, sort: newestFirst }),
      rig.remote.test(connection),
    ]
    await until('they are on their way', async () => hive.events().length >= before + 3)
    const ends = questions.map(endOf)
    await rig.remote.leave()
    await rig.call('triage.comment', { id, message: 'written while it closes' })
    expect(await Promise.all(ends)).toEqual(['given up', 'given up', 'given up'])
    expect((await rig.call('outbox.list', { receipts: 0 })).map((one) => one.kind)).toEqual(['comment.add'])
  })
})
