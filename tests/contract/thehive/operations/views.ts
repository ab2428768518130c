import { expect } from 'vitest'
import { serverViewSchema } from '#shared/model/view.ts'
import { printFilter } from '#shared/query/print.ts'
import { absentOn } from '../absent.ts'
import { isTypedWhenTheServerFails } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { keys, signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

const listOptions = { statsIsOpen: true, autoRefresh: false, itemsPerPage: 30, listAsGroup: false }

/** Made by hand: Forager keeps no views on a server. */
async function save({ hive }: Harness, view: { name: string; filter: object; entity?: string }) {
  const answer = await fetch(`${hive.url}/api/v1/views`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.analyst}`, 'content-type': 'application/json' },
    body: JSON.stringify({ entity: 'Alert', isShared: true, listOptions, ...view }),
  })
  expect(answer.status).toBe(201)
}

export const views: ContractOperation = {
  name: 'List the views of alerts it keeps',
  family: 'Session',
  ability: 'views',
  absent: absentOn({
    thehive3: 'TheHive 3 keeps no shared views.',
    thehive4: 'TheHive 4 keeps no shared views.',
    thehive5: { since: '5.6.0', reason: 'Views are kept on the server since TheHive 5.6.' },
  }),
  whenAbsent: async ({ server }) => expect(await server.views(signal)).toEqual([]),
  success: {
    'come in Forager’s own words, or with the reason why not': async (harness) => {
      const high = { _and: [{ _gte: { _field: 'severity', _value: 3 } }, { _not: { _has: 'assignee' } }] }
      const odd = { _match: { _field: 'title', _value: 'invoice' } }
      await save(harness, { name: 'A: nobody has it', filter: high })
      await save(harness, { name: 'B: by word', filter: odd })
      await save(harness, { name: 'Cases', entity: 'Case', filter: {} })
      const found = serverViewSchema.array().parse(await harness.server.views(signal))
      expect(found.map(({ name }) => name)).not.toContain('Cases')
      const [first, second] = found
      expect(first).toMatchObject({ name: 'A: nobody has it', shared: true, stored: JSON.stringify(high) })
      expect(first?.filter && printFilter(first.filter)).toBe('severity>=high assignee:none')
      expect(second).toMatchObject({ name: 'B: by word', reason: expect.stringContaining('_match') })
      expect(second?.filter).toBeUndefined()
      expect((await harness.server.catalog(signal)).views).toEqual(found)
    },
  },
  failure: {
    'that the server refuses to tell are missing with its reason; all else is there': async (harness) => {
      harness.hive.faults.set({
        failNext: [{ match: { pathRegex: 'forager-views' }, action: 'status', status: 400 }],
      })
      const catalog = await harness.server.catalog(signal)
      expect(catalog).not.toHaveProperty('views')
      expect(catalog.viewsProblem).toEqual(expect.any(String))
      expect(catalog.alertStatuses.length).toBeGreaterThan(0)
    },
    'are a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.views(signal),
    ),
  },
}
