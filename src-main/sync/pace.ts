import type { Pace } from '#shared/model/settings.ts'

/** What the machine and its window are like: told by the windows' side, and only ever a reason to ask less. */
export type Presence = { visible: boolean; onBattery: boolean }

/** What the analyst has set about the network. */
export type PaceSettings = { pace: Pace; metered: boolean }

/** How often changes are asked for, ms: somebody looks, nobody looks, the machine runs on its battery. */
const every = { active: 20_000, idle: 60_000, battery: 120_000 } as const

/** Milliseconds between two pulls that nobody asked for; Infinity: there are none. */
export function pullEveryMs({ pace, metered }: PaceSettings, { visible, onBattery }: Presence): number {
  if (metered) return Infinity
  if (pace === 'steady') return every.active
  if (onBattery) return every.battery
  return visible ? every.active : every.idle
}

/** An alert just looked at is not asked for again sooner than this, ms. */
export const lookAgainMs = ({ metered }: PaceSettings): number => (metered ? 600_000 : 15_000)
