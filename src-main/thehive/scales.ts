import type { Pap, Tlp } from '#shared/model/scales.ts'
import { papValues } from '#shared/model/scales.ts'
import { atLeast } from './server-version.ts'

/** TLP numbers by meaning. The number 3 changed from RED to AMBER+STRICT with 5.2 (api.md §2.1). */
export type TlpScale = { fromWire: readonly Tlp[]; toWire: Readonly<Record<Tlp, number>> }

const tlp2: TlpScale = {
  fromWire: ['clear', 'green', 'amber', 'amber-strict', 'red'],
  toWire: { clear: 0, green: 1, amber: 2, 'amber-strict': 3, red: 4 },
}

/** AMBER+STRICT has no number before 5.2: RED is the nearest marking that shares no further. */
const tlp1: TlpScale = {
  fromWire: ['clear', 'green', 'amber', 'red'],
  toWire: { clear: 0, green: 1, amber: 2, 'amber-strict': 3, red: 3 },
}

export function tlpScale(version: string): TlpScale {
  return atLeast(version, '5.2.0') ? tlp2 : tlp1
}

export function papToWire(pap: Pap): number {
  return papValues.indexOf(pap)
}
