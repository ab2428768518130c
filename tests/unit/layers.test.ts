import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { breachOf, placeOf } from '#tests/support/tree/find-breaches.ts'
import {
  classify,
  importsOf,
  projectRoot,
  sourceFiles,
  specifiersIn,
} from '#tests/support/tree/source-imports.ts'

const tops = [
  'src-shared',
  'src-preload',
  'src-main',
  'src-renderer',
  'tests/support/thehive',
  'build/browser-runtime',
]

describe('the tree', () => {
  it.each(tops)('keeps to the layers in %s', (top) => {
    const files = sourceFiles(top)
    expect(files.length).toBeGreaterThan(0)
    const breaches = files.flatMap((file) => importsOf(file).map((used) => breachOf(file, used)))
    expect(breaches.filter((breach) => breach !== undefined)).toEqual([])
  })

  it.each(tops)('has a row for every file of %s', (top) => {
    expect(sourceFiles(top).filter((file) => placeOf(file) === undefined)).toEqual([])
  })

  it('names window.forager in src-renderer/api alone', () => {
    const users = sourceFiles('src-renderer').filter((file) =>
      /\b(window|globalThis)\.forager\b/.test(readFileSync(join(projectRoot, file), 'utf8')),
    )
    expect(users.filter((file) => !file.startsWith('src-renderer/api/'))).toEqual([])
  })
})

describe('the check itself', () => {
  const breach = (file: string, specifier: string) => breachOf(file, classify(file, specifier))

  it.each([
    ['src-main/thehive/session.ts', '../store/ports.ts'],
    ['src-main/domain/fold.ts', '../sync/ports.ts'],
    ['src-main/services/triage.ts', '../ipc/handlers.ts'],
    ['src-main/core/core-worker.ts', '../vault/port.ts'],
    ['src-main/sync/runner.ts', 'better-sqlite3'],
    ['src-main/core/core-worker.ts', 'electron'],
    ['src-renderer/features/queue/list.svelte', '../alert/detail.svelte'],
    ['src-renderer/ui/button.svelte', '../state/queue/queue.svelte.ts'],
    ['src-renderer/app/wire.ts', '#main/domain/fold.ts'],
    ['src-renderer/app/wire.ts', 'node:fs'],
    ['src-preload/index.ts', '#main/ipc/handlers.ts'],
    ['src-shared/model/alert.ts', 'node:crypto'],
    ['src-main/app/index.ts', 'left-out-package'],
    ['src-main/surprise/new.ts', './other.ts'],
    ['src-renderer/surprise/new.ts', './other.ts'],
    ['tests/support/thehive/state/clock.ts', '#main/domain/fold.ts'],
  ])('refuses %s importing %s', (file, specifier) => {
    expect(breach(file, specifier)).toBeTypeOf('string')
  })

  it.each([
    ['src-main/thehive/v1/alerts.ts', '../session.ts'],
    ['src-main/sync/runner.ts', '../store/ports.ts'],
    ['src-main/app/index.ts', '../vault/port.ts'],
    ['src-renderer/features/queue/list.svelte', '../../state/queue/queue.svelte.ts'],
    ['src-main/store/open.ts', 'better-sqlite3'],
    ['src-main/platform/paths.ts', 'node:path'],
  ])('allows %s importing %s', (file, specifier) => {
    expect(breach(file, specifier)).toBeUndefined()
  })

  it('sees imports in every form', () => {
    const source = `
      import { a } from './a.ts'
      import type { B } from './b.ts'
      import './c.css'
      export * from './d.ts'
      export { e } from './e.ts'
      const f = () => import('./f.ts')
      // import './commented-out.ts'
    `
    expect(specifiersIn(source)).toEqual(['./a.ts', './b.ts', './c.css', './d.ts', './e.ts', './f.ts'])
  })
})
