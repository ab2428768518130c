import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { ForagerError } from '#shared/errors/forager-error.ts'

/** How the file is called in an error, and what mends a damaged one. */
type Words = { what: string; ifDamaged: string }

/**
 * A JSON file of this account, checked against its schema.
 * @returns undefined when there is no such file
 * @throws ForagerError `corrupt` when there is one that cannot be understood, `unreadable-file` when it cannot be read; it is left as it is
 */
export async function readCheckedFile<T>(
  path: string,
  schema: z.ZodType<T>,
  { what, ifDamaged }: Words,
): Promise<T | undefined> {
  const text = await readText(path, what)
  if (text === undefined) return undefined
  const parsed = schema.safeParse(jsonOrUndefined(text))
  if (parsed.success) return parsed.data
  throw new ForagerError('corrupt', `${what} is damaged.`, {
    did: 'It was left as it is.',
    next: ifDamaged,
  })
}

async function readText(path: string, what: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new ForagerError('unreadable-file', `${what} cannot be read.`, {
      next: "Check the permissions of Forager's data folder.",
      cause,
    })
  }
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema says so in one place.
    return undefined
  }
}
