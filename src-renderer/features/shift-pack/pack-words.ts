import type { PackStatus } from '#shared/model/shift-pack.ts'
import { count, fileSize, plural } from '../../ui/format/quantity.ts'

/** The state of the pack as a heading. */
export function packHeading({ state, alerts, missing, stale, failed, files }: PackStatus): string {
  const open = missing + stale - failed + filesOpen(files)
  if (state === 'packing') return 'Taking along'
  if (state === 'waiting') return 'Waiting for the server'
  if (state === 'paused')
    return open === 0 && failed + files.failed === 0 ? 'Paused; everything is here' : 'Paused'
  if (alerts === 0) return 'Nothing in these views'
  const but = [
    ...(failed > 0 ? [plural(failed, 'alert')] : []),
    ...(files.failed > 0 ? [plural(files.failed, 'file')] : []),
  ]
  if (but.length > 0) return `Ready for offline, but for ${but.join(' and ')}`
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
    ...missingFiles(files),
    ...(cut ? ['older alerts beyond the newest 5,000'] : []),
  ]
}

const filesOpen = ({ wanted, kept, failed }: PackStatus['files']): number => wanted - kept - failed

function missingFiles(files: PackStatus['files']): string[] {
  const { count: all, bytes, left, wanted, failed } = files
  const open = filesOpen(files)
  const stay = 'on the server, their names and hashes are here'
  if (wanted === 0)
    return all === 0 ? [] : [`${plural(all, 'file')} (${fileSize(bytes)}): files stay ${stay}`]
  return [
    ...(open > 0 ? [`${plural(open, 'file')} not fetched yet`] : []),
    ...(failed > 0 ? [`${plural(failed, 'file')} the server did not give; go on to try again`] : []),
    ...(left > 0 ? [`${plural(left, 'file')} larger than you take along: they stay ${stay}`] : []),
  ]
}

/** For the status line: short, and nothing where nothing is taken along. */
export function packNote(status: PackStatus): string | undefined {
  const { state, ready, alerts } = status
  if (state === 'none') return undefined
  if (state === 'ready')
    return alerts === 0 ? undefined : packHeading(status).replace(/^./, (first) => first.toLowerCase())
  const { kept, wanted } = status.files
  const share = `${count(ready)} of ${count(alerts)}${wanted > 0 ? `, ${count(kept)} of ${plural(wanted, 'file')}` : ''}`
  if (state === 'packing') return `taking along ${share}`
  return `taken along ${share}, ${state}`
}
