import { expect } from 'vitest'
import { alertKey } from '#shared/model/alert.ts'
import { made, nobodysId } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const getAlert: ContractOperation = {
  name: 'Get one alert',
  family: 'Alerts',
  success: {
    'finds it by id and by its natural key, whatever is in it': async (harness) => {
      const alert = await made(harness, { source: 'Mail/box über', sourceRef: `a b?#%&é${Date.now()}` })
      const byId = await harness.server.alert(alert.id, signal)
      expect(byId).toMatchObject({ id: alert.id, source: 'Mail/box über' })
      expect(await harness.server.alert(alertKey(alert), signal)).toEqual(byId)
    },
    'finds it by a key whose reference holds the separator': async (harness) => {
      const alert = await made(harness, { sourceRef: `a;b;;c ${Date.now()}` })
      expect((await harness.server.alert(alertKey(alert), signal))?.id).toBe(alert.id)
    },
    'finds several by id in one request, without the one that is not there': async (harness) => {
      const { server, target, hive } = harness
      const both = [await made(harness), await made(harness)]
      const before = hive.events().length
      const ids = [both[1]?.id ?? '', nobodysId(target), both[0]?.id ?? '']
      const { alerts } = await server.alertsById(ids, signal)
      expect(new Set(alerts.map(({ id }) => id))).toEqual(new Set(both.map(({ id }) => id)))
      expect(hive.events()).toHaveLength(before + 1)
      for (const alert of alerts) expect(alert).toEqual(await server.alert(alert.id, signal))
    },
    'is undefined when the server has no such alert': async ({ server, target }) => {
      expect(await server.alert(nobodysId(target), signal)).toBeUndefined()
      for (const key of ['no;such;alert', 'no;such;alert;at;all']) {
        expect(await server.alert(key, signal)).toBeUndefined()
      }
    },
  },
  failure: {
    'takes a 404 that TheHive did not say for no proof': async ({ server, hive, target }) => {
      hive.faults.set({ failNext: [{ action: 'html', status: 404 }] })
      await expect(server.alert(nobodysId(target), signal)).rejects.toMatchObject({ kind: 'not-found' })
    },
  },
}
