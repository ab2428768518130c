import { readFileSync, readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix, resolve } from 'node:path'
import ts from 'typescript'

export const projectRoot = resolve(import.meta.dirname, '../../..')

export type Import =
  { kind: 'file'; path: string } | { kind: 'package'; name: string } | { kind: 'node'; name: string }

/** Every TypeScript and Svelte source below a top folder, as paths from the project's root. */
export function sourceFiles(top: string): string[] {
  return readdirSync(join(projectRoot, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(projectRoot.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

/** What a source imports, statically, dynamically or as types; re-exports count. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(projectRoot, file), 'utf8')
  return specifiersIn(file.endsWith('.svelte') ? scriptsOf(text) : text).map((name) => classify(file, name))
}

export function specifiersIn(source: string): string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)
}

function scriptsOf(markup: string): string {
  return [...markup.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
}

export function classify(file: string, specifier: string): Import {
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(dirname(file), specifier) }
  const alias = /^#(shared|main|tests)\/(.*)$/.exec(specifier)
  if (alias !== null) {
    const top = alias[1] === 'tests' ? 'tests' : `src-${alias[1]}`
    return { kind: 'file', path: `${top}/${alias[2]}` }
  }
  if (isBuiltin(specifier)) return { kind: 'node', name: specifier }
  const parts = specifier.split('/')
  return { kind: 'package', name: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') }
}
