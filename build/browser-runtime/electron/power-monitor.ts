import { EventEmitter } from 'node:events'
import { only } from './by-name.ts'

/** Electron's `powerMonitor`, as far as Forager uses it: nothing here can tell of the machine's power, so it is said to be on the mains. */
export function createPowerMonitor() {
  return only('powerMonitor', Object.assign(new EventEmitter(), { isOnBatteryPower: () => false }))
}
