import { expect, it } from 'vitest'
import { discardStray, listStrays, strayNotice } from '#main/services/stray-files.ts'

const stray = {
  ...{ id: 's1', name: 'lost.eml', size: 8, sha256: 'ef', contentType: 'text/plain', iv: 'aa', tag: 'bb' },
  createdAt: 7,
}

it('tells of a stray file what an analyst knows it by, and nothing of its key', () => {
  const strays = { list: () => [stray], discard: () => Promise.resolve() }
  expect(listStrays(strays)).toEqual([{ id: 's1', name: 'lost.eml', size: 8, sha256: 'ef', keptAt: 7 }])
})

it('discards strays only: no file of a decision goes by this way', async () => {
  const discarded: string[] = []
  const discard = (id: string) => Promise.resolve(void discarded.push(id))
  await discardStray('s1', { list: () => [stray], discard })
  await discardStray('of a decision', { list: () => [stray], discard })
  expect(discarded).toEqual(['s1'])
})

it('says how many there are, and nothing where there is none', () => {
  expect(strayNotice(0)).toBeUndefined()
  expect(strayNotice(1)?.message).toMatch(/^One file is kept/)
  expect(strayNotice(3)?.message).toMatch(/^3 files are kept/)
})
