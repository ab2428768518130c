import { expect } from 'vitest'
import type { PromoteChoices } from '#shared/model/case.ts'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefused, isRefusedUnsent, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

export const promote: ContractOperation = {
  name: 'Make a case from an alert',
  family: 'Alerts',
  ability: 'importAlert',
  success: {
    'with the alert in it and a template of choice': async (harness) => {
      const { server } = harness
      const alert = await made(harness)
      const found = await server.promote(alert.id, { caseTemplate: 'phishing' }, signal)
      expect(found.title).toContain(alert.title)
      expect(found).toMatchObject({ severity: alert.severity, tlp: alert.tlp })
      expect((await server.tasks(found.id, signal)).length).toBeGreaterThan(0)
      expect(await now(harness, alert.id)).toMatchObject({ caseId: found.id, stage: 'Imported' })
    },
  },
  failure: {
    'of an alert that is gone is refused': isRefused(
      ({ target }, server) => server.promote(nobodysId(target), {}, signal),
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.promote((await made(harness)).id, {}, signal),
    ),
  },
}

/** The rest of what may be chosen, with values of the server's own lists. */
async function everyChoice({ server }: Harness): Promise<PromoteChoices> {
  const { caseStatuses, customFields } = await server.catalog(signal)
  const status = caseStatuses.find(({ stage, hidden }) => stage === 'InProgress' && !hidden)?.value
  const field = customFields.find(({ type, options }) => type === 'string' && options.length === 0)
  if (status === undefined || field === undefined) throw new Error('a status and a field are needed')
  return {
    ...{ description: 'Said in other words', summary: 'So far', flag: true, status },
    ...{ startDate: 1_700_000_000_000, endDate: 1_700_000_500_000 },
    customFields: [{ name: field.name, type: field.type, value: 'chosen', order: 0 }],
    tasks: [{ title: 'Call them back', group: 'Follow-up', mandatory: true }, { title: 'Tell legal' }],
  }
}

const choices = { title: 'Chosen', severity: 4, tlp: 'red', pap: 'red' } as const

export const promoteOverrides: ContractOperation = {
  name: 'Choose what else that case is to have: texts, markings, status, fields, tasks',
  family: 'Alerts',
  ability: 'promoteOverrides',
  absent: absentOn({
    thehive3: 'TheHive 3 makes a case from an alert as it is; only the template can be chosen.',
    thehive4: 'TheHive 4 makes a case from an alert as it is; only the template can be chosen.',
  }),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.promote(nobodysId(target), choices, signal)),
  success: {
    'go before what the alert has': async (harness) => {
      const { server } = harness
      const alert = await made(harness)
      const wanted = { ...choices, tags: ['chosen'], assignee: server.session.login }
      const found = await server.promote(alert.id, wanted, signal)
      expect(found).toMatchObject(wanted)
      expect((await now(harness, alert.id)).title).toBe(alert.title)
    },
    'all of them, and its tasks come after the template’s': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      const { tasks, customFields = [], ...plain } = await everyChoice(harness)
      const wanted = { ...plain, customFields, tasks, caseTemplate: 'phishing' }
      const found = await server.promote(id, wanted, signal)
      expect(found).toMatchObject({ ...plain, stage: 'InProgress' })
      expect(found.customFields).toMatchObject(customFields.map(({ name, value }) => ({ name, value })))
      const titles = (await server.tasks(found.id, signal)).map(({ title }) => title)
      expect(titles.slice(-2)).toEqual(['Call them back', 'Tell legal'])
      expect(titles.length).toBeGreaterThan(2)
    },
    'those who share the case, and by which rules': async (harness) => {
      const { id } = await made(harness)
      const rules = { taskRule: 'manual', observableRule: 'autoShare' }
      const sharingParameters = [{ organisation: 'globex', share: true, ...rules }]
      const found = await harness.server.promote(id, { ...rules, sharingParameters }, signal)
      expect(harness.hive.effects()).toMatchObject({ [`share case ${found.id} with globex`]: 1 })
    },
  },
  failure: {
    'with an unknown template are refused': isRefused(
      async (harness, server) =>
        server.promote((await made(harness)).id, { caseTemplate: 'no-such-template' }, signal),
      'not-found',
      'rejected',
    ),
    'with a status or an organisation nobody knows are refused, and no case is made': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      const wrong = [{ status: 'NoSuchStatus' }, { sharingParameters: [{ organisation: 'nobody' }] }]
      for (const one of wrong)
        await isRefused(() => server.promote(id, one, signal), 'rejected', 'not-found')(harness)
      expect((await now(harness, id)).caseId).toBeUndefined()
    },
  },
}

const pages = [{ title: 'Playbook', category: 'How to', content: '# First things first' }]

export const promotePages: ContractOperation = {
  name: 'Give that case pages',
  family: 'Alerts',
  ability: 'promotePages',
  absent: absentOn({
    thehive3: 'Cases of TheHive 3 have no pages.',
    thehive4: 'Cases of TheHive 4 have no pages.',
    thehive5: { since: '5.2.0', reason: 'A case made from an alert begins with pages since TheHive 5.2.' },
  }),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.promote(nobodysId(target), { pages }, signal)),
  success: {
    'of its own': async (harness) => {
      const { id } = await made(harness)
      const found = await harness.server.promote(id, { pages }, signal)
      expect(harness.hive.effects()).toMatchObject({ [`page ${found.id} Playbook`]: 1 })
    },
  },
  failure: {
    'of an alert that is gone is refused': isRefused(
      ({ target }, server) => server.promote(nobodysId(target), { pages }, signal),
      'not-found',
    ),
  },
}
