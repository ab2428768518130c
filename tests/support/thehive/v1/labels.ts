import type { ServerKind } from '../state/server-kind.ts'

const severities = ['', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const tlps = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']
const tlpsBefore = ['WHITE', 'GREEN', 'AMBER', 'RED']
const paps = ['CLEAR', 'GREEN', 'AMBER', 'RED']
const papsBefore = ['WHITE', 'GREEN', 'AMBER', 'RED']

/** The names of the numbers from 0 on. Source: TLP 2.0 came with 5.2.0; before, 3 was RED and 0 was WHITE. */
export const tlpNames = (server: ServerKind): readonly string[] =>
  server.atLeast('5.2.0') ? tlps : tlpsBefore
export const papNames = (server: ServerKind): readonly string[] =>
  server.atLeast('5.2.0') ? paps : papsBefore
export const severityNames = severities

export const severityLabel = (value: number): string => severities[value] ?? String(value)
export const tlpLabel = (value: number): string => tlps[value] ?? String(value)
export const papLabel = (value: number): string => paps[value] ?? String(value)
