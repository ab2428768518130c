export const targetDialogs = ['promote', 'merge', 'close', 'start', 'severity', 'tags', 'assign'] as const
export type TargetDialog = (typeof targetDialogs)[number]

/** The one dialog in front. Those about alerts keep the ids they were opened for: the cursor may move beneath. */
export type OpenDialog =
  { kind: TargetDialog; ids: readonly string[] } | { kind: 'palette' | 'keys' | 'create' }

export class Dialogs {
  open = $state.raw<OpenDialog | undefined>(undefined)

  show(dialog: OpenDialog): void {
    this.open = dialog
  }

  close(): void {
    this.open = undefined
  }
}
