/** Height of a row, px: the same number as `--row` in styles/tokens.css. */
export const rowHeight = 44
/** Rows read ahead on either side, so that scrolling meets no gaps. */
const ahead = 60

/** Which rows to hold for this scroll position (px), in order. */
export function rowsToHold(
  order: readonly number[],
  view: { top: number; height: number },
): readonly number[] {
  const first = Math.floor(view.top / rowHeight)
  const last = Math.ceil((view.top + view.height) / rowHeight)
  return order.slice(Math.max(0, first - ahead), last + ahead)
}
