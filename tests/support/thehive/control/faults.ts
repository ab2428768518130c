export const faultActions = [
  /** Drops the connection; nothing happened. */
  'reset-before',
  /** Applies the request, then drops the connection without a reply. */
  'reset-after',
  /** Answers `status` with a TheHive error body. */
  'status',
  /** Answers `status` with a proxy's HTML page. */
  'html',
  /** Answers the true body cut in its middle, its length stated as if it were whole JSON. */
  'malformed-json',
  /** States the full length, sends half, drops the connection. */
  'truncate',
  /** Never answers; nothing happened. */
  'hang',
  /** Answers a page in which one object's field has the wrong type. */
  'wrong-type',
] as const

export type FaultAction = (typeof faultActions)[number]

export type FaultRule = {
  match?:
    { method?: string | undefined; pathRegex?: string | undefined; nth?: number | undefined } | undefined
  action: FaultAction
  /** For `status` (503) and `html` (502). */
  status?: number | undefined
  headers?: Record<string, string> | undefined
  /** For `status` and `html`: apply the request first. */
  after?: boolean | undefined
  /** For `wrong-type`: the field to spoil (severity). */
  field?: string | undefined
  /** How many requests the rule strikes (1). */
  times?: number | undefined
}

export type FaultSettings = {
  /** Added to every request, ms. */
  latency?: number | undefined
  /** Up to this much more, at random, ms. */
  jitter?: number | undefined
  /** Rules are added to those already waiting. */
  failNext?: FaultRule[] | undefined
}

type Armed = { rule: FaultRule; path: RegExp; seen: number; left: number }

/** What goes wrong, and when. */
export function createFaults(initial: FaultSettings = {}) {
  let [latency, jitter] = [0, 0]
  const armed: Armed[] = []
  const set = (settings: FaultSettings) => {
    latency = settings.latency ?? latency
    jitter = settings.jitter ?? jitter
    for (const rule of settings.failNext ?? []) {
      if (!faultActions.includes(rule.action)) throw new Error(`unknown fault action ${String(rule.action)}`)
      armed.push({ rule, path: new RegExp(rule.match?.pathRegex ?? ''), seen: 0, left: rule.times ?? 1 })
    }
  }
  set(initial)
  return {
    set,
    clear: () => {
      armed.length = 0
      latency = 0
      jitter = 0
    },
    /** Milliseconds the next request waits. */
    delay: (): number => latency + Math.random() * jitter,
    /** The rule that strikes this request, if any; `url` is path and query string. */
    strike: (method: string, url: string): FaultRule | undefined => {
      for (const each of armed) {
        const wanted = each.rule.match?.method?.toUpperCase()
        if (each.left === 0 || (wanted && wanted !== method) || !each.path.test(url)) continue
        if (++each.seen < (each.rule.match?.nth ?? 1)) continue
        each.left--
        return each.rule
      }
      return undefined
    },
    pending: (): FaultRule[] => armed.filter(({ left }) => left > 0).map(({ rule }) => rule),
  }
}

export type Faults = ReturnType<typeof createFaults>
