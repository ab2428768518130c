import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { planted } from '#tests/faults/mutations/planted.ts'

const root = join(import.meta.dirname, '../../..')

it.each(planted)('$name: the defect fits the program as it is', ({ file, from, to, scripts }) => {
  const source = readFileSync(join(root, file), 'utf8')
  expect(source).toContain(from)
  expect(to).not.toBe(from)
  expect(scripts.length).toBeGreaterThan(0)
})
