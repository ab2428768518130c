import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefused, isRefusedUnsent, made, nobodysId } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import { noComments3, noComments4 } from '../reasons.ts'

const absent = absentOn({ thehive3: noComments3, thehive4: noComments4 })
const family = 'Comments and more'
const ability = 'comment'

export const addComment: ContractOperation = {
  name: 'Comment on an alert, and list the comments',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.addComment(nobodysId(target), 'x', signal)),
  success: {
    'are listed oldest first': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      expect(await server.comments(id, signal)).toEqual([])
      const first = await server.addComment(id, 'First <b>look</b>', signal)
      await server.addComment(id, 'Second', signal)
      expect(first).toMatchObject({
        message: 'First <b>look</b>',
        createdBy: server.session.login,
        edited: false,
      })
      const found = await server.comments(id, signal)
      expect(found.map(({ message }) => message)).toEqual(['First <b>look</b>', 'Second'])
    },
  },
  failure: {
    'on an alert that is gone is refused': isRefused(
      ({ target }, server) => server.addComment(nobodysId(target), 'x', signal),
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.addComment((await made(harness)).id, 'x', signal),
    ),
  },
}

export const editComment: ContractOperation = {
  name: 'Edit a comment',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.editComment(nobodysId(target), 'x', signal)),
  success: {
    'shows that it was edited': async (harness) => {
      const { server } = harness
      const { id: alertId } = await made(harness)
      const { id } = await server.addComment(alertId, 'Befor', signal)
      await server.editComment(id, 'After', signal)
      expect(await server.comments(alertId, signal)).toMatchObject([{ id, message: 'After', edited: true }])
    },
  },
  failure: {
    'that is gone is refused': isRefused(
      ({ target }, server) => server.editComment(nobodysId(target), 'x', signal),
      'not-found',
    ),
  },
}

export const deleteComment: ContractOperation = {
  name: 'Delete a comment',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.deleteComment(nobodysId(target), signal)),
  success: {
    'is done when it is gone already': async (harness) => {
      const { server } = harness
      const { id: alertId } = await made(harness)
      const { id } = await server.addComment(alertId, 'Wrong place', signal)
      for (let at = 0; at < 2; at++) await server.deleteComment(id, signal)
      expect(await server.comments(alertId, signal)).toEqual([])
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { id } = await harness.server.addComment((await made(harness)).id, 'x', signal)
      return reader.deleteComment(id, signal)
    }),
  },
}
