import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefused, isRefusedUnsent, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

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

const choices = { title: 'Chosen', severity: 4, tlp: 'red', pap: 'red' } as const

export const promoteOverrides: ContractOperation = {
  name: 'Choose title, markings, tags and assignee of that case',
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
  },
  failure: {
    'with an unknown template are refused': isRefused(
      async (harness, server) =>
        server.promote((await made(harness)).id, { caseTemplate: 'no-such-template' }, signal),
      'not-found',
      'rejected',
    ),
  },
}
