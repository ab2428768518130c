import { expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { WelcomeState } from '../../../../src-renderer/features/welcome/welcome.svelte.ts'
import { Dialogs } from '../../../../src-renderer/state/dialogs.svelte.ts'
import type { App } from '../../../../src-renderer/state/app.ts'

/** After a profile that does not open for this reason was asked for. */
async function refused(kind: ErrorKind, madeAt: number | null) {
  const call = (name: string) =>
    name === 'profiles.open' ? Promise.reject(new ForagerError(kind, 'No.')) : Promise.resolve({ madeAt })
  const welcome = new WelcomeState({ api: { call }, profile: {} } as unknown as App)
  await welcome.openKnown({ id: 'p', name: 'Mine' })
  return welcome
}

it('a profile whose key is gone is opened with its recovery key', async () => {
  const welcome = await refused('no-keychain', 5)
  expect(welcome).toMatchObject({ step: 'recover', lost: { id: 'p', madeAt: 5, isGone: true } })
  expect(welcome.problem).toBeUndefined()
})

it('one that cannot be read may have another key kept for it: the recovery key is offered, and the reason stays', async () => {
  const welcome = await refused('corrupt', 5)
  expect(welcome).toMatchObject({ step: 'recover', lost: { isGone: false }, problem: { kind: 'corrupt' } })
})

it('an outbox of which nothing can be read is begun anew once that was confirmed, and not before', async () => {
  const asked: unknown[] = []
  const unreadable = new ForagerError('corrupt', 'No.', { details: { unreadable: 'outbox' } })
  const call = (name: string, input: { beginAnew?: boolean }) => {
    if (name === 'vault.recoveryOf') return Promise.resolve({ madeAt: null })
    asked.push(input)
    return input.beginAnew === true ? Promise.resolve('opened') : Promise.reject(unreadable)
  }
  const adopted: unknown[] = []
  const dialogs = new Dialogs()
  const profile = { adopt: (open: unknown) => adopted.push(open) }
  const welcome = new WelcomeState({ api: { call }, profile, dialogs } as unknown as App)
  await welcome.openKnown({ id: 'p', name: 'Mine' })
  expect(welcome.unreadable).toEqual({ id: 'p', name: 'Mine' })
  welcome.askToBeginAnew(welcome.unreadable!)
  expect(asked).toEqual([{ id: 'p' }])
  const { open } = dialogs
  if (open?.kind !== 'confirm') throw new Error('Nothing was asked.')
  expect(open.ask.names).toEqual(['Mine'])
  await open.ask.run()
  expect(asked.at(-1)).toEqual({ id: 'p', beginAnew: true })
  expect(adopted).toEqual(['opened'])
})

it.each([
  ['corrupt', null],
  ['no-keychain', null],
  ['locked', 5],
] as const)('%s alone is only told (recovery key: %s)', async (kind, madeAt) => {
  expect(await refused(kind, madeAt)).toMatchObject({
    step: 'choose',
    problem: { kind },
    unreadable: undefined,
  })
})
