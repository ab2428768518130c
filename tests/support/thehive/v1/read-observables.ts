import type { FileInput, ObservableDraft, ObservablePatch } from '../semantics/drafts.ts'
import { badRequest } from '../state/errors.ts'
import type { ServerKind } from '../state/server-kind.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'
import { long, paps, readTagsPatch, tlpsOf } from './read-common.ts'

export type Files = ReadonlyMap<string, FileInput[]>

/** Where an observable's `attachment` may point, and what becomes of an archive. */
export type FileSource = {
  server: ServerKind
  files: Files
  /** An attachment the server already has (its `id` is a SHA-256). */
  findFile: (input: { id: string; name: string; contentType: string }) => FileInput
  unpack: (archive: FileInput, password: string | undefined) => FileInput[]
}

/** `parts`: the files of the request that belong to this observable without being named by it. */
export function readObservableDraft(
  item: unknown,
  source: FileSource,
  parts: readonly FileInput[] = [],
): ObservableDraft {
  const fields = readFields(item)
  const named = readAttachments(fields.raw.attachment, source)
  const files = fields.has('attachment') ? named : [...parts]
  const password = fields.text('zipPassword', { max: 512 })
  return {
    dataType: fields.requiredText('dataType', { max: 64 }),
    data: readData(fields),
    files: fields.boolean('isZip') ? files.flatMap((archive) => source.unpack(archive, password)) : files,
    message: fields.text('message', long),
    tlp: fields.oneOf('tlp', tlpsOf(source.server)),
    pap: fields.oneOf('pap', paps),
    tags: fields.tags('tags') ?? [],
    ioc: fields.boolean('ioc') ?? false,
    sighted: fields.boolean('sighted') ?? false,
    sightedAt: fields.integer('sightedAt'),
    ignoreSimilarity: fields.boolean('ignoreSimilarity') ?? false,
  }
}

/** One text or a list of texts, each kept as given; a newline splits nothing. */
function readData(fields: FieldsReader): string[] {
  const value = fields.raw.data
  if (value === undefined) return []
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return items.map((item) => {
    if (typeof item !== 'string' || item.length > 4096) {
      throw badRequest('Invalid value for field data: texts of at most 4096 characters are expected')
    }
    return item
  })
}

/** The name of a part, a known attachment, or a list of either. */
function readAttachments(value: unknown, source: FileSource): FileInput[] {
  if (value === undefined) return []
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return items.flatMap((item) => {
    if (typeof item !== 'string') return [readKnownFile(item, source)]
    const files = source.files.get(item)
    if (!files) throw badRequest(`Attachment ${item} is not in the request`)
    return files
  })
}

function readKnownFile(item: unknown, source: FileSource): FileInput {
  const fields = readFields(item)
  const [id, name, contentType] = (['id', 'name', 'contentType'] as const).map((key) =>
    fields.requiredText(key, { max: 128 }),
  ) as [string, string, string]
  return { ...source.findFile({ id, name, contentType }), external: fields.boolean('external') }
}

export function readObservablePatch(body: unknown, server: ServerKind): ObservablePatch {
  const fields = readFields(body)
  return {
    dataType: fields.text('dataType', { max: 64 }),
    message: fields.text('message', long),
    tlp: fields.oneOf('tlp', tlpsOf(server)),
    pap: fields.oneOf('pap', paps),
    ioc: fields.boolean('ioc'),
    sighted: fields.boolean('sighted'),
    sightedAt: fields.integer('sightedAt'),
    ignoreSimilarity: fields.boolean('ignoreSimilarity'),
    external: server.atLeast('5.6.0') ? fields.boolean('external') : undefined,
    ...readTagsPatch(fields, server),
  }
}
