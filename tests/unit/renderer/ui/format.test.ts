import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absoluteTime,
  longAge,
  roughDuration,
  shortAge,
  until,
} from '../../../../src-renderer/ui/format/age.ts'
import { defang, refang, shownValue } from '../../../../src-renderer/ui/format/defang.ts'
import { count, fileSize, initials, plural } from '../../../../src-renderer/ui/format/quantity.ts'
import { visibleText } from '../../../../src-renderer/ui/format/visible-text.ts'

const now = Date.UTC(2026, 2, 4, 9, 0, 0)
const minute = 60_000
const hour = 60 * minute

describe('ages', () => {
  it('says how long ago in the unit people would use', () => {
    const ages = [20_000, 14 * minute, 3 * hour, 50 * hour, 20 * 24 * hour, 800 * 24 * hour]
    expect(ages.map((age) => shortAge(now - age, now))).toEqual(['now', '14 m', '3 h', '2 d', '2 w', '2 y'])
    expect(ages.map((age) => longAge(now - age, now))).toEqual([
      '20 s ago',
      '14 min ago',
      '3 h ago',
      '2 days ago',
      '20 days ago',
      '800 days ago',
    ])
  })

  it('takes a clock that runs ahead as now, never as a negative age', () => {
    expect(shortAge(now + hour, now)).toBe('now')
    expect(longAge(now + hour, now)).toBe('just now')
  })

  it('says when the next try is due', () => {
    expect([0, 25_000, 150_000, 2 * hour].map((wait) => until(now + wait, now))).toEqual([
      'now',
      'in 25 s',
      'in 3 min',
      'in 2 h',
    ])
    expect(roughDuration(9_600)).toBe('about 10 s')
  })

  it('names the moment with its zone', () => {
    expect(absoluteTime(now, 'Europe/Berlin')).toBe('2026-03-04 10:00:00 UTC+1')
    expect(absoluteTime(now, 'UTC')).toBe('2026-03-04 09:00:00 UTC')
  })
})

describe('defanging', () => {
  it('makes network indicators harmless and leaves hashes and names alone', () => {
    expect(shownValue('url', 'https://evil.example/a.b')).toBe('hxxps[:]//evil[.]example/a[.]b')
    expect(shownValue('ip', '192.0.2.7')).toBe('192[.]0[.]2[.]7')
    expect(shownValue('mail', 'a@b.example')).toBe('a[@]b[.]example')
    expect(shownValue('filename', 'invoice.xlsm')).toBe('invoice.xlsm')
  })

  it('is taken back exactly, for anything not written in defanged form already', () => {
    const part = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
    const url = fc
      .tuple(fc.constantFrom('http', 'https'), part, part, part)
      .map(([scheme, host, zone, path]) => `${scheme}://${host}.${zone}/${path}?q=1`)
    fc.assert(fc.property(url, (value) => refang(defang(value)) === value))
  })

  it('leaves no dot, at-sign or scheme that could be followed', () => {
    fc.assert(
      fc.property(fc.webUrl(), (value) => {
        expect(defang(value)).not.toMatch(/https?:|:\/\/|(?<!\[)\.(?!\])/)
      }),
    )
  })
})

describe('quantities', () => {
  it('groups, pluralises and measures', () => {
    expect(count(100_000)).toBe('100,000')
    expect(plural(1, 'alert')).toBe('1 alert')
    expect(plural(0, 'alert')).toBe('0 alerts')
    expect([0, 999, 1_500, 184_320, 999_600, 200_000_000].map(fileSize)).toEqual([
      '0 B',
      '999 B',
      '1.5 kB',
      '184 kB',
      '1.0 MB',
      '200 MB',
    ])
  })

  it('finds initials in names, logins and addresses', () => {
    expect(['Ana Diaz', 'bo.larsen', 'chi@soc.example', '', '…'].map(initials)).toEqual([
      'AD',
      'BL',
      'CH',
      '?',
      '…',
    ])
  })
})

describe('text from outside', () => {
  it('shows marks that turn or hide text', () => {
    expect(visibleText('report‮gpj.exe')).toBe('report‹U+202E›gpj.exe')
    expect(visibleText('a​b\u0007c')).toBe('a‹U+200B›b‹U+0007›c')
  })

  it('leaves ordinary text of any script as it is', () => {
    const text = 'تنبيه 警报 🐝 line\nnext\tcell'
    expect(visibleText(text)).toBe(text)
  })
})
