import { startStandIn } from '../../build/scripts/lib/stand-in.mjs'

/** The stand-in TheHive the tour connects to, its switches, and a colleague who works on it. */
export type TourServer = {
  url: string
  analystKey: string
  stop: () => Promise<void>
  goOffline: () => Promise<void>
  goOnline: () => Promise<void>
  /** Milliseconds added to every request. */
  latency: (ms: number) => Promise<void>
  /** What a colleague sets on the alert with this reference. */
  colleagueChanges: (sourceRef: string, change: object) => Promise<void>
  colleagueCreates: (alert: object) => Promise<void>
}

type Found = { _id: string }

export async function startServer(alerts: number): Promise<TourServer> {
  const { url, control, keys, stop } = await startStandIn({ alerts, seed: 1 })
  const ask = async (address: string, method: string, body?: object): Promise<unknown> => {
    const response = await fetch(address, {
      method,
      headers: { authorization: `Bearer ${keys['ben@acme.example']}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const find = async (sourceRef: string): Promise<string> => {
    const query = [
      { _name: 'listAlert' },
      { _name: 'filter', _eq: { _field: 'sourceRef', _value: sourceRef } },
    ]
    const [alert] = (await ask(`${url}/api/v1/query`, 'POST', { query })) as Found[]
    if (alert === undefined) throw new Error(`No alert ${sourceRef} on the server`)
    return alert._id
  }
  return {
    url,
    analystKey: keys['ana@acme.example'] ?? '',
    stop,
    goOffline: async () => void (await ask(`${control}/offline`, 'POST')),
    goOnline: async () => void (await ask(`${control}/online`, 'POST')),
    latency: async (ms) => void (await ask(`${control}/faults`, 'POST', { latency: ms })),
    colleagueChanges: async (sourceRef, change) => {
      await ask(`${url}/api/v1/alert/${await find(sourceRef)}`, 'PATCH', change)
    },
    colleagueCreates: async (alert) => void (await ask(`${url}/api/v1/alert`, 'POST', alert)),
  }
}
