import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'

type Answer = { canceled: boolean; filePath: string }

/**
 * There is no window to ask in, so the answer is the place that was offered, under a name nobody has yet; whoever asked shows
 * where it went. Called with a window or without, as Electron's is.
 */
export function showSaveDialog(...given: unknown[]): Promise<Answer> {
  const { defaultPath } = given.at(-1) as { defaultPath?: string }
  if (defaultPath === undefined)
    throw new Error(`Forager's browser runtime saves only where a path is offered`)
  mkdirSync(dirname(defaultPath), { recursive: true })
  return Promise.resolve({ canceled: false, filePath: freePath(defaultPath) })
}

/** `name.txt`, `name (2).txt`, … */
function freePath(path: string): string {
  const extension = extname(path)
  const stem = basename(path, extension)
  for (let number = 2, free = path; ; number += 1) {
    if (!existsSync(free)) return free
    free = join(dirname(path), `${stem} (${number})${extension}`)
  }
}
