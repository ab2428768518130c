import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/**
 * Names and texts in one file, whole or as before at every moment; it outlives its process. After `die` nothing is read or written, and
 * whoever waits for it waits for ever, as the dead do.
 */
export function openKeptMap(file: string) {
  const map = new Map<string, string>(
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as [string, string][]) : [],
  )
  let dead = false
  const save = (): void => {
    if (dead) return
    writeFileSync(`${file}.new`, JSON.stringify([...map]))
    renameSync(`${file}.new`, file)
  }
  const alive = <T>(work: () => T): Promise<T> =>
    dead ? new Promise(() => undefined) : new Promise((resolve) => resolve(work()))
  return {
    map,
    save,
    isDead: () => dead,
    die: () => void (dead = true),
    /** As `@tanstack/offline-transactions` asks for its storage. */
    adapter: {
      get: (key: string) => alive(() => map.get(key) ?? null),
      set: (key: string, value: string) => alive(() => (map.set(key, value), save())),
      delete: (key: string) => alive(() => (map.delete(key), save())),
      keys: () => alive(() => [...map.keys()]),
      clear: () => alive(() => (map.clear(), save())),
    },
  }
}

export type KeptMap = ReturnType<typeof openKeptMap>
