import { expect, it } from 'vitest'
import { straysAmong } from '#main/domain/specimen.ts'
import type { Specimen } from '#main/domain/specimen.ts'
import { aKeptFile, anOperation } from '#tests/support/make.ts'

const kept = (id: string, over: Partial<Specimen> = {}): Specimen => ({
  ...{
    id,
    name: `${id}.eml`,
    size: 1,
    sha256: 'ab',
    contentType: 'text/plain',
    iv: '',
    tag: '',
    createdAt: 1,
  },
  ...over,
})

it('a kept file is a stray only where nothing that waits speaks of it, and it was neither sent, taken back nor taken along', () => {
  const waiting = [
    anOperation('attachment.add', aKeptFile({ specimenId: 'attached' })),
    anOperation('attachment.add', aKeptFile({ specimenId: 'refused' }), { state: 'rejected' }),
  ]
  const all = [
    ...[kept('attached'), kept('refused'), kept('lost')],
    ...[kept('sent', { letGo: true }), kept('along', { taken: true })],
  ]
  expect(straysAmong(all, waiting).map(({ id }) => id)).toEqual(['lost'])
  expect(straysAmong(all, []).map(({ id }) => id)).toEqual(['attached', 'refused', 'lost'])
})
