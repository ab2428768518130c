import { expect } from 'vitest'
import { isForbiddenToReaders, made, nobodysId } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const deleteAlert: ContractOperation = {
  name: 'Delete an alert',
  family: 'Alerts',
  ability: 'deleteAlert',
  success: {
    'is really gone': async (harness) => {
      const { id } = await made(harness)
      await harness.server.deleteAlert(id, signal)
      expect(await harness.server.alert(id, signal)).toBeUndefined()
    },
    'is done when it is gone already': async (harness) => {
      await harness.server.deleteAlert(nobodysId(harness.target), signal)
      const { id } = await made(harness)
      for (let at = 0; at < 2; at++) await harness.server.deleteAlert(id, signal)
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.deleteAlert((await made(harness)).id, signal),
    ),
  },
}

export const deleteAlerts: ContractOperation = {
  name: 'Delete many alerts at once',
  family: 'Alerts',
  ability: 'deleteAlert',
  success: {
    'are really gone, the one that was gone before too': async (harness) => {
      const [first, second] = [await made(harness), await made(harness)]
      const ids = [first.id, nobodysId(harness.target), second.id]
      expect(await harness.server.deleteAlerts(ids, signal)).toEqual(ids.map((id) => ({ id })))
      for (const id of ids) expect(await harness.server.alert(id, signal)).toBeUndefined()
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const results = await reader.deleteAlerts([(await made(harness)).id], signal)
      throw results[0]?.error
    }),
  },
}
