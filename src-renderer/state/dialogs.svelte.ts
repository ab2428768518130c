import type { OperationEdit } from '#shared/model/operation-edit.ts'
import type { OperationView } from '#shared/model/operation-view.ts'

export const targetDialogs = [
  'promote',
  'merge',
  'import',
  'close',
  'start',
  'reopen',
  'severity',
  'markings',
  'tags',
  'assign',
] as const
export type TargetDialog = (typeof targetDialogs)[number]

/** A question before something that is not easily taken back. It has no default key. */
export type Confirmation = {
  title: string
  /** What it is about, by name; `more` others are counted only. */
  names: readonly string[]
  more?: number | undefined
  /** What becomes of it, honestly. */
  note?: string | undefined
  verb: string
  /** A failure is shown in the dialog, which stays. */
  run: () => Promise<unknown>
}

/** The one dialog in front. Those about alerts keep the ids they were opened for: the cursor may move beneath. */
export type OpenDialog =
  | { kind: TargetDialog; ids: readonly string[] }
  | {
      kind:
        | 'palette'
        | 'keys'
        | 'settings'
        | 'pack'
        | 'create'
        | 'create-case'
        | 'switch'
        | 'export-outbox'
        | 'import-outbox'
    }
  | { kind: 'close-case' | 'edit-case' | 'reopen-case'; caseId: string }
  | { kind: 'confirm'; ask: Confirmation }
  /** A waiting decision, held while it is being changed; `wasHeld` tells whether it goes on waiting afterwards. */
  | { kind: 'edit-operation'; operation: OperationView; edit: OperationEdit; wasHeld: boolean }
  /** Receipts of which something is to be put back. */
  | { kind: 'reverse'; ids: readonly string[] }

export class Dialogs {
  open = $state.raw<OpenDialog | undefined>(undefined)

  show(dialog: OpenDialog): void {
    this.open = dialog
  }

  confirm(ask: Confirmation): void {
    this.open = { kind: 'confirm', ask }
  }

  /** With `only`, just that one: by now another may be in front. */
  close(only?: OpenDialog): void {
    if (only === undefined || only === this.open) this.open = undefined
  }
}
