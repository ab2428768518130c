import type { ObservableValue } from '#shared/model/observable.ts'

/** One line of pasted text, and what it is taken for. */
export type Candidate = ObservableValue & { line: number; original: string; taken: boolean }
