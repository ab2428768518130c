type Version<T> = { visibleAt: number; value: T | undefined }

/**
 * Things by id, each with what a search still sees of it: an index follows the writes, but late. By its id a thing is always
 * read as it is.
 */
export class Shelf<T extends { id: string }> {
  readonly #versions = new Map<string, Version<T>[]>()

  get(id: string): T | undefined {
    return this.#versions.get(id)?.at(-1)?.value
  }

  /** `visibleAt`: from when on searches see this state, never before an earlier one of the same thing. */
  put(id: string, value: T | undefined, visibleAt: number): void {
    const versions = this.#versions.get(id) ?? []
    const before = versions.at(-1)?.visibleAt ?? 0
    versions.push({ visibleAt: Math.max(before, visibleAt), value })
    this.#versions.set(id, versions)
  }

  all(): T[] {
    return [...this.#versions.values()].flatMap((versions) => versions.at(-1)?.value ?? [])
  }

  /** What a search at this moment sees. */
  searched(now: number): T[] {
    return [...this.#versions.values()].flatMap(
      (versions) => versions.findLast(({ visibleAt }) => visibleAt <= now)?.value ?? [],
    )
  }
}
