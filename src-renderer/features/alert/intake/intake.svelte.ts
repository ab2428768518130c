import type { FileOutcome } from '#shared/contract/alert-calls.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Pap, Tlp } from '#shared/model/scales.ts'
import type { App } from '../../../state/app.ts'
import { Attempt } from '../../../state/attempt.svelte.ts'
import { Candidates } from '../../../state/candidates.svelte.ts'
import { plural } from '../../../ui/format/quantity.ts'

/** What is about to be added, and to which alert: files as dropped, or text to be read as values. */
export type IntakeSubject = { alertId: string; alertTitle: string; files?: readonly File[] }
export type Marks = { tlp: Tlp; pap: Pap; tags: string[]; ioc: boolean; sighted: boolean; message: string }
/** A file is evidence with indicators in it, or a document that only accompanies the alert. */
export type FileRole = 'observable' | 'attachment'

const plain = { tags: [], ioc: false, sighted: false, message: '' }

/** One gesture of adding to the open alert: look first, then add. */
export class Intake extends Attempt {
  subject = $state.raw<IntakeSubject | undefined>(undefined)
  marks = $state<Marks>({ tlp: 'amber', pap: 'amber', ...plain })
  role = $state<FileRole>('observable')
  /** Set: the files are archives that the server unpacks. */
  zipped = $state(false)
  zipPassword = $state('')
  outcomes = $state.raw<readonly FileOutcome[] | undefined>(undefined)
  readonly candidates: Candidates
  #app: App

  constructor(app: App) {
    super()
    this.#app = app
    this.candidates = new Candidates(app.api)
  }

  offerFiles(alert: Alert, files: readonly File[], role: FileRole = 'observable'): void {
    if (files.length === 0) return
    this.#begin(alert, { files })
    this.role = role
  }

  offerText(alert: Alert, text: string): void {
    this.#begin(alert, {})
    void this.candidates.read(text)
  }

  async addValues(): Promise<void> {
    const values = [...this.candidates.taken]
    const id = this.subject?.alertId
    if (id === undefined || values.length === 0) return
    const marks = this.#marks()
    const done = await this.run(() =>
      this.#app.decisions.make([id], `Added ${plural(values.length, 'observable')}`, () =>
        this.#app.api.call('triage.addValues', { id, values, marks }),
      ),
    )
    if (done) this.close()
  }

  /** Stays open to show what became of each file. */
  async addFiles(): Promise<void> {
    const { subject } = this
    if (!subject?.files) return
    const { alertId: id, files } = subject
    const { api, decisions } = this.#app
    const send = () =>
      this.role === 'attachment'
        ? api.sendFiles('triage.addAttachments', { id }, files)
        : api.sendFiles('triage.addFiles', { id, marks: this.#marks(), ...this.#zip() }, files)
    await this.run(async () => (this.outcomes = (await decisions.make([id], takenSentence, send)).files))
  }

  close(): void {
    this.subject = undefined
    this.#app.queue.focus = { on: 'list' }
  }

  #begin(alert: Alert, what: Pick<IntakeSubject, 'files'>): void {
    this.marks = { tlp: alert.tlp, pap: alert.pap, ...plain, tags: [] }
    this.role = 'observable'
    this.zipped = false
    this.zipPassword = ''
    this.outcomes = undefined
    this.problem = undefined
    this.candidates.clear()
    this.subject = { alertId: alert.id, alertTitle: alert.title, ...what }
  }

  #marks() {
    const { message, ...marks } = $state.snapshot(this.marks)
    return { ...marks, ...(message.trim() !== '' && { message: message.trim() }) }
  }

  #zip() {
    if (!this.zipped) return {}
    return { zip: this.zipPassword === '' ? {} : { password: this.zipPassword } }
  }
}

function takenSentence({ files }: { files: readonly FileOutcome[] }): string {
  return `Added ${plural(files.filter((file) => file.refused === undefined).length, 'file')}`
}
