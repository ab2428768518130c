import { expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { WelcomeState } from '../../../../src-renderer/features/welcome/welcome.svelte.ts'
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

it.each([
  ['corrupt', null],
  ['no-keychain', null],
  ['locked', 5],
] as const)('%s alone is only told (recovery key: %s)', async (kind, madeAt) => {
  expect(await refused(kind, madeAt)).toMatchObject({ step: 'choose', problem: { kind } })
})
