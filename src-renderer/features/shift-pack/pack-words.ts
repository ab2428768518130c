import type { PackStatus } from '#shared/model/shift-pack.ts'
import { count, fileSize, plural } from '../../ui/format/quantity.ts'

/** The state of the pack as a heading. */
export function packHeading({ state, alerts, missing, stale, failed }: PackStatus): string {
  const open = missing + stale - failed
  if (state === 'packing') return 'Taking along'
  if (state === 'waiting') return 'Waiting for the server'
  if (state === 'paused') return open === 0 && failed === 0 ? 'Paused; everything is here' : 'Paused'
  if (alerts === 0) return 'Nothing in these views'
  if (failed > 0) return `Ready for offline, but for ${plural(failed, 'alert')}`
  return open === 0 ? 'Ready for offline' : 'Not ready yet'
}

/** What is not here, and why; empty when everything is. */
export function packMissing({ missing, stale, failed, files, cut }: PackStatus): string[] {
  return [
    ...(missing > 0 ? [`${plural(missing, 'alert')} without comments, procedures or what is similar`] : []),
    ...(stale > 0
      ? [
          `${plural(stale, 'alert')} that changed, or that ${stale === 1 ? 'was' : 'were'} fetched too long ago`,
        ]
      : []),
    ...(failed > 0 ? [`${plural(failed, 'alert')} the server did not give; go on to try again`] : []),
    ...(files.count > 0
      ? [
          `${plural(files.count, 'file')} (${fileSize(files.bytes)}): files stay on the server, their names and hashes are here`,
        ]
      : []),
    ...(cut ? ['older alerts beyond the newest 5,000'] : []),
  ]
}

/** For the status line: short, and nothing where nothing is taken along. */
export function packNote(status: PackStatus): string | undefined {
  const { state, ready, alerts } = status
  if (state === 'none') return undefined
  if (state === 'ready')
    return alerts === 0 ? undefined : packHeading(status).replace(/^./, (first) => first.toLowerCase())
  const share = `${count(ready)} of ${count(alerts)}`
  if (state === 'packing') return `taking along ${share}`
  return `taken along ${share}, ${state}`
}
