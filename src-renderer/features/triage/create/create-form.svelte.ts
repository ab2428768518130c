import type { AlertInput } from '#shared/model/alert.ts'
import type { Pap, Severity, Tlp } from '#shared/model/scales.ts'
import type { WordsOf } from '#shared/model/draft.ts'
import type { App } from '../../../state/app.ts'
import { Candidates } from '../../../state/candidates.svelte.ts'
import { knows } from '../../../state/permissions.ts'
import { valuesOf } from '../../../ui/custom-fields/field-draft.ts'
import type { FieldDraft } from '../../../ui/custom-fields/field-draft.ts'
import { fromDateInput } from '../../../ui/format/date-input.ts'

const emptyText = {
  type: '',
  source: '',
  sourceRef: '',
  title: '',
  description: '',
  externalLink: '',
  template: '',
  /** As a date control has it; empty: the moment of creating it. */
  date: '',
}

/** An alert being written by hand, with what goes along. */
export class CreateForm {
  text = $state({ ...emptyText })
  marks = $state<{ severity: Severity; tlp: Tlp; pap: Pap }>({ severity: 2, tlp: 'amber', pap: 'amber' })
  tags = $state.raw<readonly string[]>([])
  fields = $state.raw<readonly FieldDraft[]>([])
  files = $state.raw<readonly File[]>([])
  readonly candidates: Candidates
  /** Custom fields that can be read; undefined while one cannot. */
  readonly values = $derived(valuesOf(this.fields))
  readonly date: number | undefined = $derived(fromDateInput(this.text.date))
  /** The profile it is written in. */
  #scope = ''
  #app: App

  constructor(app: App) {
    this.#app = app
    this.candidates = new Candidates(app.api)
  }

  /** Its draft in the open profile. */
  get key() {
    return this.#app.drafts.key('new-alert', 'new')
  }

  /** Shown: in another profile than the last time, or for the first time, it holds what was being written there. */
  enter(): void {
    const { key } = this
    if (key.scope === this.#scope) return
    this.#scope = key.scope
    this.#clear(emptyText)
    const words = this.#app.drafts.of(key)
    if (!words) return
    this.text = { ...words.text }
    this.marks = { ...words.marks }
    this.tags = words.tags
    this.fields = words.fields
    void this.candidates.read(words.values)
  }

  /** What of it is kept; undefined while nothing of its own is written. Type and source may be those of the one before. */
  words(): WordsOf<'new-alert'> | undefined {
    const [text, marks] = [$state.snapshot(this.text), $state.snapshot(this.marks)]
    const values = this.candidates.text
    const { sourceRef, title, description, externalLink } = text
    const written = [
      sourceRef,
      title,
      description,
      externalLink,
      values,
      ...this.fields.map((one) => one.text),
    ]
    if (this.tags.length === 0 && written.every((one) => one.trim() === '')) return undefined
    return { text, marks, tags: this.tags, fields: this.fields, values }
  }

  /** The analyst lets go of what was written. */
  discard(): void {
    this.#app.drafts.drop(this.key)
    this.reset()
  }

  addFiles(files: readonly File[]): void {
    const same = (a: File, b: File) =>
      a.name === b.name && a.size === b.size && a.lastModified === b.lastModified
    this.files = [...this.files, ...files.filter((one) => !this.files.some((held) => same(held, one)))]
  }

  removeFile(index: number): void {
    this.files = this.files.toSpliced(index, 1)
  }

  input(): AlertInput {
    const { type, source, sourceRef, title, description, externalLink, template } = $state.snapshot(this.text)
    const { tlp, severity, pap } = $state.snapshot(this.marks)
    return {
      ...{ type, source, sourceRef, title, description, severity, tlp, tags: [...this.tags] },
      pap: knows(this.#app, 'alertPap') ? pap : 'amber',
      ...(externalLink.trim() !== '' && { externalLink: externalLink.trim() }),
      ...(template !== '' && { caseTemplate: template }),
      ...(this.date !== undefined && { date: this.date }),
      customFields: this.values ?? [],
    }
  }

  /** Sends it with its observables; those take the alert's markings. */
  send() {
    const { tlp, pap } = $state.snapshot(this.marks)
    const marks = { tlp, pap, tags: [], ioc: false, sighted: false }
    const values = [...this.candidates.taken]
    return this.#app.api.sendFiles('alerts.create', { input: this.input(), values, marks }, this.files)
  }

  /** Another alert begins; type and source usually stay the same. */
  reset(): void {
    const { type, source } = this.text
    this.#clear({ ...emptyText, type, source })
  }

  #clear(text: typeof emptyText): void {
    this.text = { ...text }
    this.marks = { severity: 2, tlp: 'amber', pap: 'amber' }
    this.tags = []
    this.fields = []
    this.files = []
    this.candidates.clear()
  }
}
