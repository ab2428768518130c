import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

export type BuiltFile = { path: string; contentType: string }

/** By URL path, e.g. `/assets/index-1a2b.js`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/**
 * Lists the built page once, at start: what is not on this list does not exist, whatever a URL says. Only plain files of
 * known types count; links are left out.
 */
export function listBuiltFiles(folder: string): BuiltFiles {
  const files = new Map<string, BuiltFile>()
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const relative = `${below}/${entry.name}`
      const contentType = contentTypes[extname(entry.name)]
      if (entry.isDirectory()) walk(relative)
      else if (entry.isFile() && contentType !== undefined)
        files.set(relative, { path: join(folder, relative), contentType })
    }
  }
  walk('')
  return files
}
