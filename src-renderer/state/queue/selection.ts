/** Which rows are chosen, by row key, and where a range starts. Immutable: every gesture answers a new one. */
export type Selection = { readonly chosen: ReadonlySet<number>; readonly anchor: number | undefined }

export const emptySelection: Selection = { chosen: new Set(), anchor: undefined }

/** X, or Ctrl-click: adds or takes away one row, which becomes the anchor. */
export function toggle(selection: Selection, pk: number): Selection {
  const chosen = new Set(selection.chosen)
  if (!chosen.delete(pk)) chosen.add(pk)
  return { chosen, anchor: pk }
}

/** Shift-X, or Shift-click: everything from the anchor to this row joins. Without an anchor in view, just this row. */
export function extendTo(selection: Selection, pk: number, order: readonly number[]): Selection {
  const to = order.indexOf(pk)
  const from = selection.anchor === undefined ? -1 : order.indexOf(selection.anchor)
  if (to < 0) return selection
  const chosen = new Set(selection.chosen)
  const start = from < 0 ? to : Math.min(from, to)
  for (const one of order.slice(start, Math.max(from, to) + 1)) chosen.add(one)
  return { chosen, anchor: from < 0 ? pk : selection.anchor }
}

/** Keeps only rows that are still in view. */
export function within(selection: Selection, gone: ReadonlySet<number>): Selection {
  if (![...selection.chosen].some((pk) => gone.has(pk))) return selection
  const chosen = new Set([...selection.chosen].filter((pk) => !gone.has(pk)))
  return {
    chosen,
    anchor: selection.anchor !== undefined && gone.has(selection.anchor) ? undefined : selection.anchor,
  }
}
