import type { FileOutcome } from '#shared/contract/alert-calls.ts'
import { asForagerError } from '#shared/errors/convert.ts'
import type { Attachment } from '#shared/model/observable.ts'
import type { Specimen } from '../domain/specimen.ts'
import type { ServiceContext } from './context.ts'
import { newLocalId } from './queue-operations.ts'

/** Takes files in: hashed and encrypted under the profile before the drop is acknowledged. */
export type TakeIn = (path: string) => Promise<Specimen>

/** A file as a decision carries it. */
export type KeptFile = { localId: string; specimenId: string; attachment: Attachment }

/** Each file stands for itself: one that cannot be read is named with its reason, the others go on. */
export async function takeFiles(
  paths: readonly string[],
  context: Pick<ServiceContext, 'newId'> & { takeIn: TakeIn },
): Promise<{ kept: KeptFile[]; files: FileOutcome[] }> {
  const files: FileOutcome[] = []
  const kept: KeptFile[] = []
  for (const path of paths) {
    try {
      const { id: specimenId, name, size, sha256, contentType } = await context.takeIn(path)
      kept.push({
        ...{ localId: newLocalId(context), specimenId },
        attachment: { name, size, sha256, contentType },
      })
      files.push({ name, size, sha256 })
    } catch (thrown) {
      const { message } = asForagerError(thrown)
      files.push({ name: path.split(/[\\/]/).at(-1) ?? path, refused: message })
    }
  }
  return { kept, files }
}
