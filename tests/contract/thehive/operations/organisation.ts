import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { keys, signal } from '../harness.ts'

export const organisation: ContractOperation = {
  name: 'Work in one of several organisations',
  family: 'Session',
  absent: absentOn({ thehive3: 'TheHive 3 has no organisations.' }),
  success: {
    'sees the alerts of that one and no other': async (harness) => {
      const { id } = await made(harness)
      const other = await harness.connectAs(keys.ofTwoOrganisations, 'globex')
      expect(other.session).toMatchObject({ organisation: 'globex' })
      expect(other.session.organisations.length).toBeGreaterThan(1)
      expect(await other.alert(id, signal)).toBeUndefined()
      await other.close()
      const same = await harness.connectAs(keys.ofTwoOrganisations, harness.server.session.organisation)
      expect(await same.alert(id, signal)).toMatchObject({ id })
      await same.close()
    },
  },
  failure: {
    'is refused where one does not belong': async ({ connectAs }) => {
      await expect(connectAs(keys.analyst, 'globex')).rejects.toMatchObject({
        kind: expect.stringMatching(/^(forbidden|unauthorised)$/),
      })
    },
  },
}
