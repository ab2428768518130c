import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode, root, tools } from './paths.mjs'
import { run } from './run.mjs'

const stampFile = join(root, 'out/.forager-stamp')
const sources = [
  ...['src-main', 'src-preload', 'src-renderer', 'src-shared'],
  ...['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'],
]

/** Whether out/ is what the sources give. */
export function isBuilt(hash = hashSources()) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash
}

/** Builds out/ when it is not what the sources would give. Throws when the build fails. */
export async function buildIfStale() {
  const hash = hashSources()
  if (isBuilt(hash)) return
  console.log('Building …')
  rmSync(stampFile, { force: true })
  const { code, output } = await run(ownNode, [tools.electronVite, 'build', '--logLevel', 'warn'], {
    capture: true,
  })
  if (code !== 0) throw new Error(`The build failed.\n${output}`)
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stampFile, hash)
}

/** One hash of every source's name and text. */
function hashSources() {
  const hash = createHash('sha256')
  const add = (path) =>
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true }).sort(byName))
      if (entry.isDirectory()) walk(`${path}/${entry.name}`)
      else add(`${path}/${entry.name}`)
  }
  for (const source of sources)
    if (/\.\w+$/.test(source)) add(source)
    else walk(source)
  return hash.digest('hex')
}

function byName(left, right) {
  return left.name < right.name ? -1 : 1
}
