import type { Comment } from '#shared/model/comment.ts'
import type {
  AlertAttachment,
  Observable,
  ObservableChange,
  ObservableMarks,
} from '#shared/model/observable.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import { applyEdits } from '#main/domain/child-edits.ts'
import type { ChildEdit, ChildEntity, Children } from '#main/domain/child-edits.ts'
import type { InlineObservables, TheHiveServer } from '#main/thehive/port.ts'
import type { ModelWorld } from './model-hive.ts'

/** A file is recognised by its name in here: what the model has of it. */
export const modelSha256 = (name: string): string => `sha256 of ${name}`

/** What hangs on the model's one alert. */
export function modelChildren({ login, write, read, newId, tick }: ModelWorld) {
  const observables: Observable[] = []
  const comments: Comment[] = []
  const procedures: Procedure[] = []
  const attachments: AlertAttachment[] = []

  const made = () => ({ id: newId(), createdAt: tick(), createdBy: login })
  const fileOf = (name: string, size: number) => ({
    ...{ name, size, contentType: 'text/plain', sha256: modelSha256(name) },
  })
  const marked = (marks: ObservableMarks) => ({ ...marks, ...made(), ignoreSimilarity: false })
  const replace = <E extends ChildEntity>(list: Children[E][], entity: E, edit: ChildEdit): void =>
    void list.splice(0, list.length, ...applyEdits(entity, list, [edit]))
  const add = <T>(list: T[], one: T): T => {
    list.push(one)
    return one
  }

  const changeObservable = (id: string, change: ObservableChange): void =>
    replace(observables, 'observable', { entity: 'observable', id, do: 'change', change })

  const server = {
    observables: () => read(observables),
    comments: () => read(comments),
    procedures: () => read(procedures),
    attachments: () => read(attachments),
    addValues: (id, { values, marks }) =>
      write(`values ${id} ${values.map(({ data }) => data).join(',')}`, () => ({
        added: values.map((value) => add(observables, { ...marked(marks), ...value })),
        failed: [],
      })),
    addFile: (id, { file, marks }) =>
      write(`file ${id} ${file.name}`, () => {
        const attachment = fileOf(file.name, file.size)
        return { added: [add(observables, { ...marked(marks), dataType: 'file', attachment })], failed: [] }
      }),
    updateObservable: ({ id }, change) =>
      write(`update-observable ${id} ${JSON.stringify(change)}`, () => changeObservable(id, change)),
    deleteObservable: ({ id }) =>
      write(`delete-observable ${id}`, () =>
        replace(observables, 'observable', { entity: 'observable', id, do: 'delete' }),
      ),
    addComment: (id, message) =>
      write(`comment ${id} ${message}`, () => add(comments, { ...made(), message, edited: false })),
    editComment: (id, message) =>
      write(`edit-comment ${id} ${message}`, () =>
        replace(comments, 'comment', { entity: 'comment', id, do: 'change', change: { message } }),
      ),
    deleteComment: (id) =>
      write(`delete-comment ${id}`, () =>
        replace(comments, 'comment', { entity: 'comment', id, do: 'delete' }),
      ),
    addProcedure: (id, input) =>
      write(`procedure ${id} ${input.patternId}`, () => add(procedures, { ...input, ...made() })),
    editProcedure: (id, change) =>
      write(`edit-procedure ${id} ${JSON.stringify(change)}`, () =>
        replace(procedures, 'procedure', { entity: 'procedure', id, do: 'change', change }),
      ),
    deleteProcedure: (id) =>
      write(`delete-procedure ${id}`, () =>
        replace(procedures, 'procedure', { entity: 'procedure', id, do: 'delete' }),
      ),
    addAttachment: (id, file) =>
      write(`attach ${id} ${file.name}`, () =>
        add(attachments, { ...fileOf(file.name, file.size), ...made() }),
      ),
    deleteAttachment: ({ id }) =>
      write(`delete-attachment ${id}`, () =>
        replace(attachments, 'attachment', { entity: 'attachment', id, do: 'delete' }),
      ),
  } satisfies Partial<TheHiveServer>

  const addInline = ({ values, files }: InlineObservables): void => {
    for (const { value, marks } of values) add(observables, { ...marked(marks), ...value })
    for (const { file, marks } of files)
      add(observables, {
        ...marked(marks),
        dataType: 'file',
        attachment: fileOf(file.name, file.size),
      })
  }
  return { server, addInline, changeObservable, observables, comments, procedures, attachments }
}
