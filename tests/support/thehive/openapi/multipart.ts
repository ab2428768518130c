import type { Body } from '../http/body.ts'
import type { Schema } from './document.ts'

/** A part whose name the sender makes up stands in the document as `<…>`. */
const isMadeUp = (name: string) => name.startsWith('<')

/**
 * What is wrong with the parts of a multipart body; `_json` is judged elsewhere. The document requires it everywhere,
 * the server does without it where a file alone says enough, so its absence is no error.
 */
export function partErrors(schema: Schema | undefined, { files, texts }: Body): string[] {
  const known = Object.keys((schema?.properties ?? {}) as object)
  const required = ((schema?.required ?? []) as string[]).filter(
    (name) => name !== '_json' && !isMadeUp(name),
  )
  const present = new Set([...files.keys(), ...texts.keys()])
  const missing = required.filter((name) => !present.has(name)).map((name) => `/${name} a part is required`)
  if (known.some(isMadeUp)) return missing
  const unknown = [...present].filter((name) => name !== '_json' && !known.includes(name))
  return [...missing, ...unknown.map((name) => `/${name} is no part of this request`)]
}
