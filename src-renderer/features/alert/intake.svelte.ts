import type { FileOutcome } from '#shared/contract/alert-calls.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { ObservableValue } from '#shared/model/observable.ts'
import type { Pap, Tlp } from '#shared/model/scales.ts'
import type { App } from '../../state/app.ts'
import { plural } from '../../ui/format/quantity.ts'

/** What is about to be added: files as dropped, or text to be read as values. */
export type IntakeSubject = { alertId: string; files: readonly File[] } | { alertId: string; text: string }
export type Candidate = ObservableValue & { line: number; original: string; taken: boolean }
export type Marks = { tlp: Tlp; pap: Pap; tags: string[]; ioc: boolean; sighted: boolean }

/** One gesture of adding observables: look first, then add. */
export class Intake {
  subject = $state.raw<IntakeSubject | undefined>(undefined)
  candidates = $state<Candidate[]>([])
  marks = $state<Marks>({ tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false })
  busy = $state(false)
  problem = $state.raw<ErrorData | undefined>(undefined)
  outcomes = $state.raw<readonly FileOutcome[] | undefined>(undefined)
  #app: App
  #classifyRun = 0

  constructor(app: App) {
    this.#app = app
  }

  offerFiles(alert: Alert, files: readonly File[]): void {
    if (files.length > 0) this.#begin(alert, { alertId: alert.id, files })
  }

  offerText(alert: Alert, text: string): void {
    this.#begin(alert, { alertId: alert.id, text })
    void this.classify(text)
  }

  /** Says what each line is. The newest text wins over slower answers to older ones. */
  async classify(text: string): Promise<void> {
    this.#classifyRun += 1
    const run = this.#classifyRun
    if (this.subject && 'text' in this.subject) this.subject = { ...this.subject, text }
    try {
      const found = text.trim() === '' ? [] : await this.#app.api.call('intake.classify', { text })
      if (run !== this.#classifyRun) return
      this.candidates = found.map((one) => ({ ...one, taken: true }))
      this.problem = undefined
    } catch (thrown) {
      if (run === this.#classifyRun) this.problem = toErrorData(thrown)
    }
  }

  async addValues(): Promise<void> {
    const values = this.candidates
      .filter((one) => one.taken)
      .map(({ dataType, data }) => ({ dataType, data }))
    const id = this.subject?.alertId
    if (id === undefined || values.length === 0) return
    const marks = $state.snapshot(this.marks)
    const done = await this.#try(() =>
      this.#app.decisions.make([id], `Added ${plural(values.length, 'observable')}`, () =>
        this.#app.api.call('triage.addValues', { id, values, marks }),
      ),
    )
    if (done) this.close()
  }

  /** Stays open to show what became of each file. */
  async addFiles(): Promise<void> {
    const { subject } = this
    if (!subject || !('files' in subject)) return
    const marks = $state.snapshot(this.marks)
    const id = subject.alertId
    await this.#try(async () => {
      const { files } = await this.#app.decisions.make([id], takenSentence, () =>
        this.#app.api.addFiles({ id, marks }, subject.files),
      )
      this.outcomes = files
    })
  }

  close(): void {
    this.subject = undefined
    this.outcomes = undefined
    this.problem = undefined
    this.candidates = []
    this.#app.queue.focus = { on: 'list' }
  }

  #begin(alert: Alert, subject: IntakeSubject): void {
    this.marks = { tlp: alert.tlp, pap: alert.pap, tags: [], ioc: false, sighted: false }
    this.outcomes = undefined
    this.problem = undefined
    this.candidates = []
    this.subject = subject
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true
    this.problem = undefined
    try {
      await work()
      return true
    } catch (thrown) {
      this.problem = toErrorData(thrown)
      return false
    } finally {
      this.busy = false
    }
  }
}

function takenSentence({ files }: { files: readonly FileOutcome[] }): string {
  return `Added ${plural(files.filter((file) => file.refused === undefined).length, 'file')}`
}
