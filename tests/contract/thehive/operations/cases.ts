import { expect } from 'vitest'
import { caseSchema } from '#shared/model/case.ts'
import {
  freshCase,
  isForbiddenToReaders,
  isRefused,
  isTypedWhenTheServerFails,
  nobodysId,
} from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

const family = 'Cases'

export const listCases: ContractOperation = {
  name: 'Find cases, also those changed since',
  family,
  success: {
    'come newest first': async ({ server }) => {
      const { id } = await server.createCase(freshCase(), signal)
      const all = await server.cases({ limit: 5 }, signal)
      all.forEach((one) => caseSchema.parse(one))
      expect(all).toHaveLength(5)
      expect(all.map((one) => one.id)).toContain(id)
      const stamps = all.map(({ createdAt }) => createdAt)
      expect(stamps).toEqual([...stamps].sort((a, b) => b - a))
    },
    'are only those created or changed since, when asked': async ({ server }) => {
      const made = await server.createCase(freshCase(), signal)
      const since = await server.cases({ limit: 100, updatedSince: made.createdAt }, signal)
      expect(since.map((one) => one.id)).toContain(made.id)
      expect(since.every((one) => Math.max(one.createdAt, one.updatedAt ?? 0) >= made.createdAt)).toBe(true)
    },
  },
  failure: {
    'are a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.cases({ limit: 5 }, signal),
    ),
  },
}

export const getCase: ContractOperation = {
  name: 'Get one case',
  family,
  success: {
    'by id and by number': async ({ server }) => {
      const { id, number } = await server.createCase(freshCase(), signal)
      const byId = await server.case(id, signal)
      expect(byId).toMatchObject({ id, number })
      expect(await server.case(String(number), signal)).toEqual(byId)
    },
    'is undefined when the server has no such case': async ({ server, target }) => {
      expect(await server.case(nobodysId(target), signal)).toBeUndefined()
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.case('1', signal),
    ),
  },
}

export const createCase: ContractOperation = {
  name: 'Create a case',
  family,
  ability: 'createCase',
  success: {
    'is stored as given, markings by meaning': async ({ server }) => {
      const input = { ...freshCase(), tlp: 'red', pap: 'green', severity: 4, tags: ['t', 't', 'u'] } as const
      const made = await server.createCase({ ...input, tags: [...input.tags] }, signal)
      expect(made).toMatchObject({ ...input, tags: ['t', 'u'], createdBy: server.session.login })
      expect(made.stage).not.toBe('Closed')
    },
    'is given to whomever it names': async ({ server }) => {
      const { users } = await server.catalog(signal)
      const other = users.find(({ login }) => login !== server.session.login)?.login
      const made = await server.createCase({ ...freshCase(), assignee: other }, signal)
      expect(other).toBeDefined()
      expect(made.assignee).toBe(other)
      expect((await server.case(made.id, signal))?.assignee).toBe(other)
    },
    'takes the tasks of its template': async ({ server }) => {
      const { id } = await server.createCase({ ...freshCase(), caseTemplate: 'phishing' }, signal)
      const { caseTemplates } = await server.catalog(signal)
      const titles = caseTemplates.find(({ name }) => name === 'phishing')?.taskTitles ?? []
      expect(titles.length).toBeGreaterThan(0)
      expect((await server.tasks(id, signal)).map(({ title }) => title).sort()).toEqual([...titles].sort())
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders((_, reader) => reader.createCase(freshCase(), signal)),
  },
}

export const updateCase: ContractOperation = {
  name: 'Change a case',
  family,
  ability: 'updateCase',
  success: {
    'changes the named fields only': async ({ server }) => {
      const before = await server.createCase({ ...freshCase(), tags: ['a'] }, signal)
      const change = { title: 'Now known', severity: 1, tlp: 'red', flag: true, summary: 'short' } as const
      await server.updateCase(before.id, { ...change, addTags: ['b', 'b'], removeTags: ['a'] }, signal)
      const after = await server.case(before.id, signal)
      expect(after).toMatchObject({
        ...change,
        tags: ['b'],
        description: before.description,
        pap: before.pap,
      })
    },
  },
  failure: {
    'that is gone is refused': isRefused(
      ({ target }, server) => server.updateCase(nobodysId(target), { severity: 1 }, signal),
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async ({ server }, reader) =>
      reader.updateCase((await server.createCase(freshCase(), signal)).id, { severity: 1 }, signal),
    ),
  },
}
