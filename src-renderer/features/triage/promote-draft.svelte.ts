import type { Alert } from '#shared/model/alert.ts'
import type { PageInput, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate, CustomFieldDefinition } from '#shared/model/catalog.ts'
import type { WordsOf } from '#shared/model/draft.ts'
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
  readonly #untouched: string
  /** What alert and template bring by themselves. */
  #given: FieldDraft[] = []

  /** `begun`: where it was left. */
  constructor(alert: Alert, templates: readonly CaseTemplate[], begun?: WordsOf<'promotion'>) {
    this.#alert = alert
    this.title = alert.title
    this.description = alert.description
    this.choose(alert.caseTemplate ?? '', templates)
    this.#untouched = JSON.stringify(this.#said())
    if (begun) this.#resume(begun, templates)
  }

  /** What of it is kept; undefined while nothing is chosen. */
  words(): WordsOf<'promotion'> | undefined {
    const said = this.#said()
    return JSON.stringify(said) === this.#untouched ? undefined : said
  }

  /** Whether anything is chosen beside what every promotion asks for. */
  get saysMore(): boolean {
    return Object.keys(this.#more()).length > 0
  }

  /** Another template brings other fields; what was typed stays. */
  choose(name: string, templates: readonly CaseTemplate[]): void {
    this.template = name
    const typed = this.#typedFields()
    const own = this.#alert.customFields
    const names = new Set(own.map((one) => one.name))
    const more = templates.find((one) => one.name === name)?.customFields ?? []
    const given = draftsOf([...own, ...more.filter((one) => !names.has(one.name))])
    this.#given = given
    const kept = given.filter((one) => !typed.some((other) => other.name === one.name))
    const at = (one: FieldDraft) => given.findIndex(({ name: of }) => of === one.name)
    const place = (one: FieldDraft) => (at(one) === -1 ? given.length : at(one))
    const fields = [...kept, ...typed].toSorted((one, other) => place(one) - place(other))
    this.fields = fields.map((one, key) => ({ ...one, key }))
  }

  /** Fields the case cannot be closed without, which stand empty. */
  missing(definitions: readonly CustomFieldDefinition[]): CustomFieldDefinition[] {
    return emptyMandatory(valuesOf(this.fields) ?? [], definitions)
  }

  choices(overrides: boolean): PromoteChoices {
    const template = this.template === '' ? {} : { caseTemplate: this.template }
    return overrides ? { ...template, ...this.#plain(), ...this.#more() } : template
  }

  #said(): WordsOf<'promotion'> {
    const { template, assignee, status, summary, startDate, endDate, tasks, flag, tags } = this
    const { title, description, severity, tlp, pap } = this
    return {
      ...(title !== this.#alert.title && { title }),
      ...(description !== this.#alert.description && { description }),
      ...{ severity, tlp, pap, template, assignee, status, summary, startDate, endDate, tasks, flag, tags },
      ...{ pages: $state.snapshot(this.pages), fields: this.#typedFields() },
    }
  }

  #resume({ fields, ...begun }: WordsOf<'promotion'>, templates: readonly CaseTemplate[]): void {
    Object.assign(this, begun)
    this.fields = [...this.fields.filter((one) => !fields.some(({ name }) => name === one.name)), ...fields]
    this.choose(begun.template, templates)
  }

  /** All values of the names of which one is another than what comes by itself. */
  #typedFields(): FieldDraft[] {
    const texts = (of: readonly FieldDraft[], name: string) =>
      JSON.stringify(of.filter((one) => one.name === name).map((one) => one.text))
    return this.fields.filter(({ name }) => texts(this.fields, name) !== texts(this.#given, name))
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

  /** With a value: an empty one leaves what comes by itself. */
  #changedFields() {
    const typed = new Set(this.#typedFields().map(({ name }) => name))
    return (valuesOf(this.fields) ?? []).filter(({ name, value }) => value !== null && typed.has(name))
  }
}
