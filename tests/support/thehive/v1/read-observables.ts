import type { FileInput, ObservableDraft, ObservablePatch } from '../semantics/drafts.ts'
import { badRequest } from '../state/errors.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'

const long = { min: 0, max: 1_048_576 }

export type Files = ReadonlyMap<string, FileInput[]>

/** `findFile` resolves an attachment the server already has (its `id` is a SHA-256). */
export type FileSource = {
  files: Files
  findFile: (input: { id: string; name: string; contentType: string }) => FileInput
}

export function readObservableDraft(item: unknown, source: FileSource): ObservableDraft {
  const fields = readFields(item)
  if (fields.boolean('isZip')) throw badRequest('Zipped observables are not supported by the stand-in')
  return {
    dataType: fields.requiredText('dataType', { max: 64 }),
    data: readData(fields),
    files: readAttachments(fields.raw.attachment, source),
    message: fields.text('message', long),
    tlp: fields.oneOf('tlp', [0, 1, 2, 3, 4]),
    pap: fields.oneOf('pap', [0, 1, 2, 3]),
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
  return source.findFile({ id, name, contentType })
}

export function readObservablePatch(body: unknown): ObservablePatch {
  const fields = readFields(body)
  return {
    dataType: fields.text('dataType', { max: 64 }),
    message: fields.text('message', long),
    tlp: fields.oneOf('tlp', [0, 1, 2, 3, 4]),
    pap: fields.oneOf('pap', [0, 1, 2, 3]),
    ioc: fields.boolean('ioc'),
    sighted: fields.boolean('sighted'),
    sightedAt: fields.integer('sightedAt'),
    ignoreSimilarity: fields.boolean('ignoreSimilarity'),
    external: fields.boolean('external'),
    tags: fields.tags('tags'),
    addTags: fields.tags('addTags'),
    removeTags: fields.tags('removeTags'),
  }
}
