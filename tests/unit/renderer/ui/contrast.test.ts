import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrast, parseColour, visibleColour } from '../../../../src-renderer/ui/format/contrast.ts'

const styles = join(import.meta.dirname, '../../../../src-renderer')
const tokens = readFileSync(join(styles, 'styles/tokens.css'), 'utf8')
const chip = readFileSync(join(styles, 'ui/status-chip.svelte'), 'utf8')

const ratio = (a: string, b: string) => contrast(parseColour(a) ?? [0, 0, 0], parseColour(b) ?? [0, 0, 0])
const token = (name: string, theme: 'light' | 'dark') => {
  const all = [...tokens.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, 'g'))].map(
    (found) => found[1] ?? '',
  )
  return all[theme === 'light' ? 0 : 1] ?? ''
}
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('the colour of a status', () => {
  it('is seen in both themes, whatever the server chose', () => {
    for (const paper of [token('sunken', 'light'), token('sunken', 'dark')])
      fc.assert(
        fc.property(colour, (asked) => {
          const shown = visibleColour(asked, paper)
          expect(shown && ratio(shown, paper)).toBeGreaterThanOrEqual(3)
        }),
      )
  })

  it('stays as the server chose it where that can be seen', () => {
    expect(visibleColour('#1a73e8', '#ffffff')).toBe('#1a73e8')
    expect(visibleColour('#FFF200', '#12110e')).toBe('#fff200')
  })

  it('is ignored when it is no colour', () => {
    for (const text of ['red', 'url(https://evil.example)', '#12', '', '#12345g'])
      expect(visibleColour(text, '#ffffff')).toBeUndefined()
  })

  it('is measured against the ground the chip really has', () => {
    for (const theme of ['light', 'dark'] as const)
      expect(chip).toContain(`${theme}: '${token('sunken', theme)}'`)
  })

  it('has stage colours of our own that are seen as well', () => {
    for (const theme of ['light', 'dark'] as const)
      for (const stage of ['new', 'in-progress', 'closed', 'imported'])
        expect(
          ratio(token(`stage-${stage}`, theme), token('sunken', theme)),
          `${stage} ${theme}`,
        ).toBeGreaterThanOrEqual(3)
  })

  it('is measured as WCAG does', () => {
    expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(ratio('#777', '#fff')).toBeCloseTo(4.48, 2)
  })
})
