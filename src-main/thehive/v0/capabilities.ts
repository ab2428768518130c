import type { Ability, Capabilities } from '#shared/model/session.ts'

export type Missing = Capabilities['cannot']

/** TheHive 3 and 4 number TLP before AMBER+STRICT came. */
export const olderTlps: Capabilities['tlps'] = ['clear', 'green', 'amber', 'red']

/** Why each of these is missing, for somebody without the right. */
export const unless = (may: boolean, reason: string, abilities: readonly Ability[]): Missing =>
  may ? {} : Object.fromEntries(abilities.map((ability) => [ability, reason]))
