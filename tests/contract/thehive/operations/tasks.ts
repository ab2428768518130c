import { expect } from 'vitest'
import { taskSchema } from '#shared/model/task.ts'
import { freshCase, isTypedWhenTheServerFails } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const listTasks: ContractOperation = {
  name: 'List the tasks of a case',
  family: 'Cases',
  success: {
    'come in their order': async ({ server }) => {
      const { id } = await server.createCase({ ...freshCase(), caseTemplate: 'phishing' }, signal)
      const tasks = await server.tasks(id, signal)
      tasks.forEach((task) => taskSchema.parse(task))
      expect(tasks.length).toBeGreaterThan(1)
      expect(tasks.map(({ order }) => order)).toEqual(tasks.map(({ order }) => order).sort((a, b) => a - b))
      expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['Waiting']))
    },
    'are none where the case has none': async ({ server }) => {
      const { id } = await server.createCase(freshCase(), signal)
      expect(await server.tasks(id, signal)).toEqual([])
    },
  },
  failure: {
    'are a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.tasks('~1', signal),
    ),
  },
}
