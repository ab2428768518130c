import type { Context } from '../../semantics/context.ts'
import type { FileInput, ObservableDraft } from '../../semantics/drafts.ts'
import type { ObservablePatchOfFour } from '../../semantics/legacy/four-observables.ts'
import { notFound } from '../../state/errors.ts'
import { encodedFile } from '../encoded-file.ts'
import { isObject, isTrue, type Json } from '../parameters.ts'
import { unzip } from '../zipped-files.ts'
import { attributeError, fieldsOf } from './fields.ts'

export type ObservableSource = {
  /** The file parts of a multipart request. */
  files: readonly FileInput[]
  /** Whether files may be written into `data`: in alerts they may. */
  inlineFiles: boolean
  /** Where the fields stand in the request, for messages. */
  prefix: string
}

export function readObservable(context: Context, body: Json, source: ObservableSource): ObservableDraft {
  const fields = fieldsOf(body, source.prefix)
  const dataType = fields.required('dataType')
  const [message, tlp, tags] = [fields.text('message'), fields.number('tlp'), fields.texts('tags')]
  const [ioc, sighted, ignoreSimilarity] = [
    fields.flag('ioc'),
    fields.flag('sighted'),
    fields.flag('ignoreSimilarity'),
  ]
  fields.done()
  const content = readContent(context, body, { ...source, dataType })
  const files = isTrue(body.isZip)
    ? unzip(context.state.blobs, content.files, body.zipPassword)
    : content.files
  return {
    ...{ dataType, message, tlp, tags: tags ?? [], data: content.data, files },
    ...{ ioc: ioc ?? false, sighted: sighted ?? false, ignoreSimilarity: ignoreSimilarity ?? false },
  }
}

type Content = { data: string[]; files: FileInput[] }

function readContent(context: Context, body: Json, source: ObservableSource & { dataType: string }): Content {
  const { dataType, prefix, inlineFiles } = source
  const { data } = body
  const items = Array.isArray(data) ? data : data === undefined || data === null ? [] : [data]
  if (items.some((item) => typeof item !== 'string')) {
    throw attributeError([
      { name: `${prefix}data`, type: 'InvalidFormatAttributeError', format: 'string', field: data },
    ])
  }
  const texts = items as string[]
  const known = readKnownFiles(context, body.attachment)
  const type = context.state.observableTypes.find(({ name }) => name === dataType)
  if (!inlineFiles || !type?.isAttachment) return { data: texts, files: [...source.files, ...known] }
  const inline = texts.map((text) => readInline(context, text, `${prefix}data`))
  return { data: [], files: [...source.files, ...known, ...inline] }
}

/** `name;contentType;base64`, or `name;contentType` for an empty file. */
function readInline({ state }: Context, text: string, name: string): FileInput {
  const isEmpty = text.split(';').length === 2
  const file = encodedFile(state.blobs, isEmpty ? `${text};` : text)
  if (file) return file
  throw attributeError([{ name, type: 'InvalidFormatAttributeError', format: 'attachment', field: text }])
}

/** One file, or several, that the server already has. */
function readKnownFiles({ state }: Context, attachment: unknown): FileInput[] {
  const list: unknown[] = Array.isArray(attachment) ? attachment : [attachment]
  return list.filter(isObject).map(({ id, name, contentType }) => {
    const blob = state.blobs.find(String(id))
    if (!blob) throw notFound(`Attachment ${String(id)} not found`)
    return { name: String(name), contentType: String(contentType), blob }
  })
}

export function readObservablePatch(body: Json): ObservablePatchOfFour {
  const fields = fieldsOf(body)
  const patch = {
    dataType: fields.text('dataType'),
    message: fields.text('message'),
    tlp: fields.number('tlp'),
    tags: fields.texts('tags'),
    ioc: fields.flag('ioc'),
    sighted: fields.flag('sighted'),
    ignoreSimilarity: fields.flag('ignoreSimilarity'),
  }
  fields.done()
  return patch
}
