import type { impactStatuses } from '#shared/model/case.ts'

export type Impact = (typeof impactStatuses)[number]

/** TheHive's words for what an incident did, as people say them. */
export const impacts: readonly { value: Impact; text: string }[] = [
  { value: 'NoImpact', text: 'No impact' },
  { value: 'WithImpact', text: 'With impact' },
  { value: 'NotApplicable', text: 'Not applicable' },
]

export function impactName(value: string): string {
  return impacts.find((one) => one.value === value)?.text ?? value
}
