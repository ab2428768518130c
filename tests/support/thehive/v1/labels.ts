/** Scales as 5.2 and later number them: TLP 3 is AMBER+STRICT and 4 is RED. */
const severities = ['', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const tlps = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']
const paps = ['CLEAR', 'GREEN', 'AMBER', 'RED']

export const severityLabel = (value: number): string => severities[value] ?? String(value)
export const tlpLabel = (value: number): string => tlps[value] ?? String(value)
export const papLabel = (value: number): string => paps[value] ?? String(value)
