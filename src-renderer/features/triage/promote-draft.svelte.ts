import type { Alert } from '#shared/model/alert.ts'
import type { PageInput, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate, CustomFieldDefinition } from '#shared/model/catalog.ts'
import type { Pap, Severity, Tlp } from '#shared/model/scales.ts'
import { draftsOf, emptyMandatory, valuesOf } from '../../ui/custom-fields/field-draft.ts'
import type { FieldDraft } from '../../ui/custom-fields/field-draft.ts'
import { fromDateInput } from '../../ui/format/date-input.ts'

/** What an alert is to become as a case; what is left as it was is not chosen. */
export class PromoteDraft {
  title = $state('')
  template = $state('')
  severity = $state<Severity | undefined>(undefined)
  tlp = $state<Tlp | undefined>(undefined)
  pap = $state<Pap | undefined>(undefined)
  tags = $state.raw<string[]>([])
  assignee = $state('')
  description = $state('')
  status = $state('')
  flag = $state(false)
  summary = $state('')
  /** Both as a date-and-time control holds them. */
  startDate = $state('')
  endDate = $state('')
  /** One task a line. */
  tasks = $state('')
  pages = $state<PageInput[]>([])
  fields = $state.raw<readonly FieldDraft[]>([])
  readonly valid: boolean = $derived(
    valuesOf(this.fields) !== undefined &&
      [this.startDate, this.endDate].every((text) => text === '' || fromDateInput(text) !== undefined),
  )
  readonly #alert: Alert
  /** What alert and template bring by themselves. */
  #given: FieldDraft[] = []

  constructor(alert: Alert, templates: readonly CaseTemplate[]) {
    this.#alert = alert
    this.title = alert.title
    this.description = alert.description
    this.choose(alert.caseTemplate ?? '', templates)
  }

  /** Another template brings other fields; what was typed stays. */
  choose(name: string, templates: readonly CaseTemplate[]): void {
    this.template = name
    const own = this.#alert.customFields
    const names = new Set(own.map((one) => one.name))
    const more = templates.find((one) => one.name === name)?.customFields ?? []
    const typed = new Map(this.fields.map((one) => [one.name, one.text]))
    const was = new Map(this.#given.map((one) => [one.name, one.text]))
    this.#given = draftsOf([...own, ...more.filter((one) => !names.has(one.name))]).map((one, key) => ({
      ...one,
      key,
    }))
    const isTyped = (one: FieldDraft) => typed.has(one.name) && typed.get(one.name) !== was.get(one.name)
    const edited = this.#given.map((one) =>
      isTyped(one) ? { ...one, text: typed.get(one.name) ?? '' } : one,
    )
    const added = this.fields.filter((one) => isTyped(one) && !edited.some(({ name }) => name === one.name))
    this.fields = [...edited, ...added.map((one, at) => ({ ...one, key: edited.length + at }))]
  }

  /** Fields the case cannot be closed without, which stand empty. */
  missing(definitions: readonly CustomFieldDefinition[]): CustomFieldDefinition[] {
    return emptyMandatory(valuesOf(this.fields) ?? [], definitions)
  }

  choices(overrides: boolean): PromoteChoices {
    const template = this.template === '' ? {} : { caseTemplate: this.template }
    return overrides ? { ...template, ...this.#plain(), ...this.#more() } : template
  }

  #plain(): PromoteChoices {
    const { severity, tlp, pap, tags, assignee } = this
    const title = this.title.trim()
    return {
      ...(title !== '' && title !== this.#alert.title && { title }),
      ...(severity && { severity }),
      ...(tlp && { tlp }),
      ...(pap && { pap }),
      ...(tags.length > 0 && { tags: [...new Set([...this.#alert.tags, ...tags])] }),
      ...(assignee !== '' && { assignee }),
    }
  }

  #more(): PromoteChoices {
    const { description, status, summary, flag } = this
    const [startDate, endDate] = [fromDateInput(this.startDate), fromDateInput(this.endDate)]
    const pages = $state.snapshot(this.pages)
    const titles = this.tasks.split('\n').map((line) => line.trim())
    const tasks = titles.filter((title) => title !== '').map((title) => ({ title: title.slice(0, 128) }))
    const customFields = this.#changedFields()
    return {
      ...(description !== this.#alert.description && { description }),
      ...(status !== '' && { status }),
      ...(summary.trim() !== '' && { summary }),
      ...(flag && { flag }),
      ...(startDate !== undefined && { startDate }),
      ...(endDate !== undefined && { endDate }),
      ...(tasks.length > 0 && { tasks }),
      ...(pages.length > 0 && { pages }),
      ...(customFields.length > 0 && { customFields }),
    }
  }

  /** Names with a value other than the one that comes by itself. */
  #changedFields() {
    const text = (of: readonly FieldDraft[], name: string) =>
      JSON.stringify(of.filter((one) => one.name === name).map((one) => one.text))
    return (valuesOf(this.fields) ?? []).filter(
      ({ name, value }) => value !== null && text(this.fields, name) !== text(this.#given, name),
    )
  }
}
