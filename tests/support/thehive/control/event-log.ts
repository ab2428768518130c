import { sha256 } from '../semantics/context.ts'
import type { Body } from '../http/body.ts'

/** One request as the server saw it. `status` is null while it runs, and stays null when no reply was sent. */
export type HiveEvent = {
  n: number
  /** Arrival, ms since the epoch. */
  time: number
  method: string
  path: string
  /** The label of a `/query` call. */
  query: string | undefined
  user: string | undefined
  organisation: string | undefined
  status: number | null
  /** The body in brief: at most 300 characters and, when cut, its hash. */
  body: string | undefined
  /** The keys of the effects the request had. */
  effects: string[]
  /** The fault that struck it. */
  fault: string | undefined
  /** An unexpected failure of the stand-in itself. */
  crash: string | undefined
}

const shown = 300

export function summarise(body: Body): string | undefined {
  const files = [...body.files].flatMap(([part, list]) =>
    list.map(({ name, blob }) => `${part}: ${name} (${blob.size} bytes, sha256 ${blob.sha256})`),
  )
  const text = [body.json === undefined ? [] : JSON.stringify(body.json), files].flat().join('; ')
  if (text === '') return undefined
  return text.length <= shown ? text : `${text.slice(0, shown)}… sha256:${sha256(text)}`
}

/** Requests in order of arrival, and how often each effect took hold. */
export function createEventLog() {
  const events: HiveEvent[] = []
  const effects = new Map<string, number>()
  let last = 0
  return {
    open: (method: string, url: URL): HiveEvent => {
      const query = url.pathname.endsWith('/query') ? (url.searchParams.get('name') ?? undefined) : undefined
      const blank = {
        user: undefined,
        organisation: undefined,
        body: undefined,
        fault: undefined,
        crash: undefined,
      }
      const event = {
        n: ++last,
        time: Date.now(),
        method,
        path: url.pathname,
        query,
        status: null,
        effects: [],
        ...blank,
      }
      events.push(event)
      return event
    },
    effect: (event: HiveEvent, key: string) => {
      event.effects.push(key)
      effects.set(key, (effects.get(key) ?? 0) + 1)
    },
    /** Events later than number `after`. */
    events: (after = 0): HiveEvent[] => events.filter(({ n }) => n > after),
    effects: (): Record<string, number> => Object.fromEntries(effects),
    clear: () => {
      events.length = 0
      effects.clear()
    },
  }
}

export type EventLog = ReturnType<typeof createEventLog>
