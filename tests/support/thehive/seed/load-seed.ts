import type { HiveState } from '../state/hive-state.ts'

export function loadSeed(_state: HiveState, _options: { alerts: number; seed: number; now: number }): void {}
