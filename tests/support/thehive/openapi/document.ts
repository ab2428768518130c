import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export type Schema = Record<string, unknown>

type Parameter = { name: string; in: string; required?: boolean }

export type Operation = {
  parameters?: Parameter[] | undefined
  requestBody?: { content?: Record<string, { schema?: unknown }>; required?: boolean } | undefined
  responses?: Record<string, { content?: Record<string, { schema?: unknown }> }> | undefined
}

export type Document = {
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Record<string, unknown>> }
}

/** The document's place: THEHIVE_OPENAPI, else beside the repository. */
export function documentPath(): string {
  const beside = new URL('../../../../../shared/thehive/openapi-5.6.2.yaml', import.meta.url)
  return process.env.THEHIVE_OPENAPI ?? fileURLToPath(beside)
}

/** The parsed document, or why there is none. */
export function loadDocument(path: string = documentPath()): { document: Document } | { absent: string } {
  if (!existsSync(path)) {
    return {
      absent: `no TheHive API document at ${path} (set THEHIVE_OPENAPI): requests and replies are not validated`,
    }
  }
  return { document: parse(readFileSync(path, 'utf8')) as Document }
}
