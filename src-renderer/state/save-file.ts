import type { Saved } from '#shared/contract/file-calls.ts'
import { fileSize } from '../ui/format/quantity.ts'
import type { App } from './app.ts'

/** Saves a file where the analyst says, and tells where it is and under which password. Null: they thought better of it. */
export async function saveFile(
  { problems }: Pick<App, 'problems'>,
  name: string,
  save: () => Promise<Saved | null>,
): Promise<void> {
  try {
    const saved = await save()
    if (saved === null) return
    const under = saved.password === undefined ? '' : `; its password is “${saved.password}”`
    problems.tell(`Saved ${fileSize(saved.size)}${under}`, saved.path)
  } catch (thrown) {
    problems.report(thrown, `${name} could not be saved`)
  }
}
