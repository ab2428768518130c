const two = (value: number) => String(value).padStart(2, '0')

/** A moment (ms since the epoch) as a date-and-time control wants it: local, to the second. */
export function toDateInput(at: number): string {
  const date = new Date(at)
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** What a date-and-time control holds, as ms since the epoch; undefined when it is not a moment. Local time. */
export function fromDateInput(text: string): number | undefined {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)) return undefined
  const at = new Date(text).getTime()
  return Number.isNaN(at) ? undefined : at
}
