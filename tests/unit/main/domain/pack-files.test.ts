import { expect, it } from 'vitest'
import { judgeFiles, wantedFiles } from '#main/domain/pack-files.ts'
import type { PackFile } from '#main/domain/pack-files.ts'

const file = (sha256: string, size: number) => ({ alertId: '~1', name: sha256, size, sha256 }) as PackFile
const all = { count: 5, bytes: 100 }
const small = [file('c', 30), file('a', 10), file('b', 20), file('a', 10)]

it('each content is wanted once, the smallest first', () => {
  expect(wantedFiles(small).map(({ sha256 }) => sha256)).toEqual(['a', 'b', 'c'])
})

it('what is here counts as kept, whatever failed before; what may not come along is left', () => {
  expect(judgeFiles({ all, small }, { kept: new Set(['a']), failed: new Set(['a', 'c']) })).toEqual({
    ...{ count: 5, bytes: 100, left: 1 },
    ...{ wanted: 3, kept: 1, failed: 1 },
  })
})
