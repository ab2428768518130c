import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import type { Received } from '../proxy/exchange.ts'
import type { PeerDecision } from './decisions.ts'

export type Colleague = ReturnType<typeof colleagueOf>

/** Somebody else at the same alerts, who gives them titles of his own, each once. */
export function colleagueOf({ url }: StandIn, decisions: readonly PeerDecision[]) {
  const written = new Map<string, string>()
  const rivals = decisions.flatMap(({ rival }) => rival ?? [])

  async function write(alertId: string): Promise<void> {
    const title = `What Ben found, ${written.size}`
    written.set(alertId, title)
    const headers = { authorization: 'Bearer ben-key', 'content-type': 'application/json' }
    const body = JSON.stringify({ title })
    const { ok } = await fetch(`${url}/api/v1/alert/${alertId}`, { method: 'PATCH', headers, body })
    if (!ok) throw new Error('The colleague was not let in.')
  }
  return {
    /** Before the analyst is back. */
    first: async (): Promise<void> => {
      for (const { alertId, when } of rivals) if (when === 'first') await write(alertId)
    },
    /** An analyst's change took hold, and her client has not heard of it: he goes on from there. */
    unheard: async ({ path, body }: Received): Promise<void> => {
      const about = (id: string): boolean => path.endsWith(`/${id}`) || body.includes(`"${id}"`)
      for (const { alertId } of rivals) if (!written.has(alertId) && about(alertId)) await write(alertId)
    },
    wroteOn: (alertId: string | undefined): string | undefined =>
      alertId === undefined ? undefined : written.get(alertId),
  }
}
