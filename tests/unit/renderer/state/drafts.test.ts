import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Draft } from '#shared/model/draft.ts'
import type { Api } from '../../../../src-renderer/state/api-port.ts'
import { Drafts } from '../../../../src-renderer/state/drafts.svelte.ts'
import { beginEdit } from '../../../../src-renderer/ui/custom-fields/field-draft.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const noteOn = (id: string, text: string): Draft => ({ place: 'note', id, words: { before: '', text } })

/** The other side, as far as drafts go: one disk a profile. `serverIds`: what local things are called by now. */
class Disk {
  readonly kept = new Map<string, Draft>()
  readonly serverIds = new Map<string, string>()
  readonly asked: string[] = []
  readonly reports: string[] = []
  failure: unknown
  /** Undefined: whichever the page names. */
  open: string | undefined
  tell: () => void = () => undefined

  readonly api = {
    call: async (name: string, input: { profileId: string; draft?: Draft; about?: Draft }) => {
      this.asked.push(name)
      if (this.failure !== undefined) throw this.failure
      if (this.open !== undefined && this.open !== input.profileId)
        throw new ForagerError('rejected', 'Another connection or workspace is open by now.')
      const nameOf = ({ place, id }: Pick<Draft, 'place' | 'id'>) =>
        `${input.profileId} ${place} ${this.serverIds.get(id) ?? id}`
      if (input.draft) this.kept.set(nameOf(input.draft), structuredClone(input.draft))
      if (input.about) this.kept.delete(nameOf(input.about))
      if (name !== 'drafts.list') return { at: 1_000 }
      return [...this.kept]
        .filter(([key]) => key.startsWith(`${input.profileId} `))
        .map(([, draft]) => ({
          draft: { ...draft, id: this.serverIds.get(draft.id) ?? draft.id },
          ...{ at: 900, keptUnder: draft.id },
        }))
    },
    on: (_name: string, listener: () => void) => {
      this.tell = listener
      return () => undefined
    },
  } as unknown as Api

  /** A page that has just been loaded, with a profile open. */
  async page(profileId = 'p') {
    const drafts = new Drafts(this.api, {
      report: (_thrown, doing) => void this.reports.push(doing) as never,
    })
    await drafts.enter(profileId)
    return drafts
  }

  texts = () => [...this.kept.values()].map(({ words }) => ('text' in words ? words.text : words))
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('what is typed', () => {
  it('is on the disk within a second of every key, however long somebody types', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    const key = drafts.key('note', '~1')
    for (let typed = 1; typed <= 20; typed += 1) {
      drafts.type(key, 'x'.repeat(typed))
      await pass(100)
      const [kept = ''] = disk.texts()
      expect(typed - String(kept).length).toBeLessThan(10)
    }
    await pass(1_000)
    expect(disk.texts()).toEqual(['x'.repeat(20)])
    expect(disk.asked.filter((name) => name === 'drafts.save').length).toBeLessThan(8)
    expect(drafts.kept(key)).toEqual({ restored: false, at: 1_000 })
  })

  it('is there on a page that is loaded anew, and known for a draft', async () => {
    const disk = new Disk()
    const before = await disk.page()
    before.type(before.key('note', '~1'), 'Call back on Mon')
    await pass(500)
    const after = await disk.page()
    const key = after.key('note', '~1')
    expect(after.of(key)).toEqual({ before: '', text: 'Call back on Mon' })
    expect(after.kept(key)).toEqual({ restored: true, at: 900 })
    after.type(key, 'Call back on Monday')
    await pass(500)
    expect(after.kept(key)).toEqual({ restored: true, at: 1_000 })
    expect(disk.texts()).toEqual(['Call back on Monday'])
  })

  it('is written at once when the field or the page is left', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    const page = new EventTarget()
    const stop = drafts.start(page as Window)
    for (const moment of ['focusout', 'blur', 'visibilitychange', 'pagehide', 'beforeunload']) {
      drafts.type(drafts.key('note', '~1'), moment)
      page.dispatchEvent(new Event(moment))
      expect(disk.texts()).toEqual([moment])
    }
    stop()
    drafts.type(drafts.key('note', '~1'), 'later')
    page.dispatchEvent(new Event('blur'))
    expect(disk.texts()).toEqual(['beforeunload'])
  })

  it('goes from the disk when it is saved or let go of, also while a write is under way', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    const key = drafts.key('note', '~1')
    drafts.type(key, 'Seen')
    await pass(500)
    drafts.type(key, 'Seen here')
    void drafts.flush()
    drafts.drop(key)
    await pass(2_000)
    expect(drafts.of(key)).toBeUndefined()
    expect(drafts.kept(key)).toBeUndefined()
    expect(disk.texts()).toEqual([])
    drafts.drop(drafts.key('note', '~2'))
    expect(disk.asked.filter((name) => name === 'drafts.discard')).toHaveLength(1)
  })

  it('is no draft while it says what it was begun from', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    const title = drafts.key('title', '~1')
    drafts.set(title, { before: 'Old', text: 'Old' })
    const fields = drafts.key('fields', '~1')
    const edit = beginEdit([{ name: 'unit', type: 'string', value: 'Plant', order: 0 }])
    drafts.set(fields, edit)
    await pass(1_000)
    expect(disk.asked).not.toContain('drafts.save')
    drafts.type(title, 'New')
    drafts.set(fields, { ...edit, drafts: edit.drafts.map((one) => ({ ...one, text: 'Lab' })) })
    await pass(1_000)
    expect([...disk.kept.values()].map(({ words }) => 'before' in words && words.before)).toEqual([
      'Old',
      edit.before,
    ])
    drafts.type(title, 'Old')
    drafts.set(fields, edit)
    await pass(1_000)
    expect(disk.texts()).toEqual([])
    expect(drafts.kept(title)).toBeUndefined()
  })
})

describe('a switch of profile', () => {
  it('takes nothing along, and brings everything back', async () => {
    const disk = new Disk()
    const drafts = await disk.page('p')
    const key = drafts.key('note', '~1')
    drafts.type(key, 'Typed in p')
    await drafts.enter('q')
    await pass(1_000)
    expect(drafts.of(drafts.key('note', '~1'))).toBeUndefined()
    expect(disk.texts()).toEqual([])
    await drafts.enter('p')
    await pass(1_000)
    expect(drafts.of(key)?.text).toBe('Typed in p')
    expect([...disk.kept.keys()]).toEqual(['p note ~1'])
  })

  it('that the page has not heard of yet loses nothing either', async () => {
    const disk = new Disk()
    const drafts = await disk.page('p')
    disk.open = 'q'
    drafts.type(drafts.key('note', '~1'), 'Typed in between')
    await pass(1_000)
    await drafts.enter('q')
    disk.open = 'p'
    await drafts.enter('p')
    await pass(1_000)
    expect([...disk.kept.keys()]).toEqual(['p note ~1'])
  })

  it('waits with letting go of what belongs to the other', async () => {
    const disk = new Disk()
    const drafts = await disk.page('p')
    const key = drafts.key('note', '~1')
    drafts.type(key, 'Sent meanwhile')
    await pass(500)
    await drafts.enter('q')
    drafts.drop(key)
    await pass(1_000)
    expect(disk.texts()).toEqual(['Sent meanwhile'])
    await drafts.enter('p')
    expect(disk.texts()).toEqual([])
    expect(drafts.of(key)).toBeUndefined()
  })
})

describe('a disk that refuses', () => {
  it('is told where it was typed, and asked again', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    const key = drafts.key('note', '~1')
    disk.failure = new ForagerError('disk-full', 'The disk is full.')
    drafts.type(key, 'Kept here only')
    await pass(500)
    expect(drafts.kept(key)).toMatchObject({ problem: { kind: 'disk-full' } })
    disk.failure = undefined
    await pass(5_000)
    expect(disk.texts()).toEqual(['Kept here only'])
    expect(drafts.kept(key)).toEqual({ restored: false, at: 1_000 })
  })

  it('is not asked again for what is too long, until it is changed', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    const key = drafts.key('note', '~1')
    disk.failure = new ForagerError('rejected', 'This draft is too long to be kept.')
    drafts.type(key, 'Too long')
    await pass(20_000)
    expect(disk.asked.filter((name) => name === 'drafts.save')).toHaveLength(1)
    expect(drafts.kept(key)?.problem?.message).toBe('This draft is too long to be kept.')
    disk.failure = undefined
    drafts.type(key, 'Short')
    await pass(500)
    expect(disk.texts()).toEqual(['Short'])
  })

  it('is reported when it cannot be read', async () => {
    const disk = new Disk()
    disk.failure = new Error('no')
    await disk.page()
    expect(disk.reports).toEqual(['Your drafts could not be read'])
  })
})

describe('what was made offline', () => {
  it('has its draft by either id once the server has named it, wherever the analyst looks', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    drafts.start(new EventTarget() as Window)
    const local = drafts.key('note', 'local:1')
    drafts.type(local, 'Half')
    await pass(500)
    disk.serverIds.set('local:1', '~5')
    disk.tell()
    await pass(0)
    const server = drafts.key('note', '~5')
    expect([drafts.of(local)?.text, drafts.of(server)?.text]).toEqual(['Half', 'Half'])
    drafts.type(local, 'Half a thought')
    await pass(500)
    expect(drafts.of(server)?.text).toBe('Half a thought')
    drafts.drop(server)
    await pass(0)
    expect([drafts.of(local), disk.asked.at(-1)]).toEqual([undefined, 'drafts.discard'])
  })

  it('goes on unasked where the page itself sees the new id', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    drafts.type(drafts.key('comment', 'local:2'), 'Changed')
    drafts.follow('local:2', '~6')
    await pass(500)
    expect([...disk.kept.values()]).toEqual([
      { place: 'comment', id: '~6', words: { before: '', text: 'Changed' } },
    ])
  })

  it('is not asked about while nothing of it is half typed', async () => {
    const disk = new Disk()
    const drafts = await disk.page()
    drafts.start(new EventTarget() as Window)
    drafts.type(drafts.key('note', '~1'), 'Known to the server')
    disk.tell()
    expect(disk.asked).toEqual(['drafts.list'])
  })
})

it('what is here is newer than what is read', async () => {
  const disk = new Disk()
  disk.kept.set('p note ~1', noteOn('~1', 'Older'))
  const drafts = new Drafts(disk.api, { report: () => undefined as never })
  const entered = drafts.enter('p')
  drafts.type(drafts.key('note', '~1'), 'Newer')
  await entered
  await pass(500)
  expect(drafts.of(drafts.key('note', '~1'))?.text).toBe('Newer')
  expect(disk.texts()).toEqual(['Newer'])
})
