import { describe, expect, it } from 'vitest'
import { damageNotices } from '#main/core/damage-notices.ts'
import type { Damage } from '#main/store/damage.ts'

const kept = '/profiles/p/outbox.damaged-now.sqlite'
const every: Damage[] = (['cache', 'outbox'] as const).flatMap((file) =>
  (['fresh', 'backup', 'salvaged', 'without-journal'] as const).flatMap((recovered) =>
    [0, 3].map((lost) => ({ file, recovered, lost, kept })),
  ),
)

describe('what is told about damage', () => {
  it.each(every)('says what happened, what Forager did and what to do: %j', (damage) => {
    const [notice] = damageNotices([damage], [])
    expect(notice).toMatchObject({ kind: 'corrupt', did: expect.stringContaining(kept) as string })
    expect(notice?.next).toMatch(/\.$/)
    expect(JSON.stringify(notice)).not.toMatch(/delet|erase|remov/i)
    if (damage.lost > 0) expect(notice?.message).toContain('3 entries')
  })

  it('calms only where nothing can be missing', () => {
    const calm = every.filter((damage) => damageNotices([damage], [])[0]?.next?.includes('nothing') === true)
    expect(new Set(calm.map(({ file, recovered }) => `${file} ${recovered}`))).toEqual(
      new Set(['cache fresh']),
    )
  })

  it('names no file where none is kept, and is silent where nothing was wrong', () => {
    const lost: Damage = { file: 'outbox', recovered: 'without-journal', lost: 0, kept: undefined }
    expect(damageNotices([lost, undefined], [])).toHaveLength(1)
    expect(damageNotices([lost], [])[0]?.did).not.toContain('kept')
    expect(damageNotices([undefined, undefined], [])).toEqual([])
  })
})
