type Custom = { name: string; value: unknown }

export const customValue = (fields: unknown, name: string): unknown =>
  ((fields ?? []) as Custom[]).find((one) => one.name === name)?.value

/** A set of custom fields wants what it changes, and what it leaves out gone; what it merely repeats it does not ask for. */
export function customNames(wanted: unknown, seen: unknown): string[] {
  const all = [...((wanted ?? []) as Custom[]), ...((seen ?? []) as Custom[])]
  return [...new Set(all.map(({ name }) => name))].filter(
    (name) =>
      JSON.stringify(customValue(wanted, name) ?? null) !== JSON.stringify(customValue(seen, name) ?? null),
  )
}
