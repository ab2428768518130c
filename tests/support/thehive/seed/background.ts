import type { Random } from './random.ts'
import { bullets, code } from './scenario.ts'

const hints = [
  'The asset owner answers within the hour during office time; outside it, call the standby.',
  'Three alerts of this rule were closed as false positives this month, all from build machines.',
  'The rule was tuned last week: service accounts are excluded, administrators are not.',
  'A maintenance window was announced for this site; compare the time before escalating.',
  'The same address was blocked on the perimeter before, the block has since expired.',
  'No change ticket was found for the account in the last fourteen days.',
  'Sandbox results follow within ten minutes and are attached as a comment.',
  'Für ältere Einträge see the archive of the former system.',
] as const

/** What feeders append to nearly every alert: pointers for the analyst, and now and then a long raw log. */
export function background(random: Random): string {
  if (random.chance(0.1)) return ''
  const parts = [
    '### Background',
    bullets(...new Set([random.pick(hints), random.pick(hints)])),
    `Runbook: [step by step](https://runbooks.example/r/${random.int(100, 999)})`,
  ]
  if (random.chance(0.004)) parts.push('### Raw log', code('log', ...rawLog(random)))
  return `\n\n${parts.join('\n\n')}`
}

function rawLog(random: Random): string[] {
  return Array.from({ length: 200 }, (_, at) => {
    return `2026-01-01T00:00:${String(at % 60).padStart(2, '0')}Z host=${random.hex(6)} event=${random.int(1, 9999)} data=${random.hex(32)}`
  })
}
