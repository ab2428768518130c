import type { OperationEdit } from '#shared/model/operation-edit.ts'
import type { Pap, Severity, Tlp } from '#shared/model/scales.ts'

/** What the form holds: every field that some kind of decision can set. Empty text and undefined: left alone. */
export type EditDraft = {
  type: string
  source: string
  sourceRef: string
  message: string
  title: string
  description: string
  summary: string
  status: string
  template: string
  assignee: string
  severity: Severity | undefined
  tlp: Tlp | undefined
  pap: Pap | undefined
  ioc: boolean | undefined
  sighted: boolean | undefined
  /** Added; of marks and promotions the whole set. */
  tags: string[]
  removeTags: string[]
}

type Loose = Partial<{ [K in keyof EditDraft]: EditDraft[K] | null }> & {
  caseTemplate?: string | undefined
  addTags?: string[] | undefined
}

const valuesIn = (edit: OperationEdit): Loose =>
  'change' in edit
    ? (edit.change as Loose)
    : 'choices' in edit
      ? (edit.choices as Loose)
      : 'marks' in edit
        ? (edit.marks as Loose)
        : 'key' in edit
          ? edit.key
          : { message: edit.message }

/** The form as it opens: prefilled with the decision as it stands. */
export function editDraft(edit: OperationEdit): EditDraft {
  const { caseTemplate, addTags, ...set } = valuesIn(edit)
  return {
    type: set.type ?? '',
    source: set.source ?? '',
    sourceRef: set.sourceRef ?? '',
    message: set.message ?? '',
    title: set.title ?? '',
    description: set.description ?? '',
    summary: set.summary ?? '',
    status: set.status ?? '',
    template: caseTemplate ?? '',
    assignee: set.assignee ?? '',
    severity: set.severity ?? undefined,
    tlp: set.tlp ?? undefined,
    pap: set.pap ?? undefined,
    ioc: set.ioc ?? undefined,
    sighted: set.sighted ?? undefined,
    tags: [...(addTags ?? set.tags ?? [])],
    removeTags: [...(set.removeTags ?? [])],
  }
}

const set = <T extends object>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && !isEmptyList(value)),
  ) as T

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** The decision the form describes. What the form does not show stays as it was. */
export function editFrom(before: OperationEdit, draft: EditDraft): OperationEdit {
  const { type, source, sourceRef, ...values } = draft
  const { message, title, description, summary, status, template, assignee, tags, removeTags, ...marks } =
    values
  switch (before.kind) {
    case 'alert.create':
      return { ...before, key: { type, source, sourceRef } }
    case 'comment.add':
    case 'comment.edit':
      return { ...before, message }
    case 'alert.promote': {
      const own = { title, caseTemplate: template, assignee, tags }
      const kept = without(before.choices, shownOfPromotion)
      return {
        kind: before.kind,
        choices: { ...kept, ...set({ ...own, ...picked(marks, ['severity', 'tlp', 'pap']) }) },
      }
    }
    case 'observable.add-values':
    case 'observable.add-file':
      return {
        ...before,
        marks: {
          ...without(before.marks, ['message']),
          ...{ ...set(marks), tags, ...(message !== '' && { message }) },
        },
      } as OperationEdit
    case 'observable.update': {
      const kept = before.change
      const own = { ...marks, severity: undefined, addTags: tags, removeTags }
      const text = kept.message === undefined ? {} : { message }
      return { kind: before.kind, change: { ...without(kept), ...set(own), ...text } } as OperationEdit
    }
    case 'alert.update':
    case 'case.update': {
      const kept = before.change
      const texts = {
        ...(kept.title !== undefined && { title }),
        ...(kept.status !== undefined && { status }),
      }
      // Emptied on purpose is something else than left alone.
      const long = {
        ...(kept.description !== undefined && { description }),
        ...(kept.summary !== undefined && { summary }),
        ...(kept.assignee !== undefined && { assignee: assignee === '' ? null : assignee }),
      }
      const own = { ...picked(marks, ['severity', 'tlp', 'pap']), ...texts, addTags: tags, removeTags }
      return { kind: before.kind, change: { ...without(kept), ...set(own), ...long } } as OperationEdit
    }
  }
}

const shown = [
  'severity',
  'tlp',
  'pap',
  'ioc',
  'sighted',
  'addTags',
  'removeTags',
  'title',
  'status',
] as const

/** Of a promotion; the rest was chosen when it was decided. */
const shownOfPromotion = ['title', 'caseTemplate', 'assignee', 'tags', 'severity', 'tlp', 'pap'] as const

/** What the form holds comes from the form alone. */
const without = (change: object, names: readonly string[] = shown): object =>
  Object.fromEntries(Object.entries(change).filter(([name]) => !names.includes(name)))

function picked<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>
}
