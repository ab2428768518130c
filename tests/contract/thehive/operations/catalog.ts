import { expect } from 'vitest'
import { catalogSchema } from '#shared/model/catalog.ts'
import { isTypedWhenTheServerFails } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const catalog: ContractOperation = {
  name: 'Statuses, templates, custom fields, users, types, techniques',
  family: 'Session',
  success: {
    'brings what the server knows besides alerts': async ({ server, target }) => {
      const found = catalogSchema.parse(await server.catalog(signal))
      expect(new Set(found.alertStatuses.map(({ stage }) => stage))).toContain('Imported')
      expect(found.caseStatuses.map(({ stage }) => stage)).toContain('Closed')
      expect(found.caseTemplates.some(({ taskTitles }) => taskTitles.length > 0)).toBe(true)
      expect(found.customFields.length).toBeGreaterThan(0)
      expect(found.users.map(({ login }) => login)).toContain(server.session.login)
      expect(found.observableTypes).toContainEqual({ name: 'file', isAttachment: true })
      if (target.flavour === 'thehive5') expect(found.techniques.length).toBeGreaterThan(0)
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.catalog(signal),
    ),
  },
}
