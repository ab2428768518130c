import type { CallOutput } from '#shared/contract/contract.ts'
import { longAge } from '../../ui/format/age.ts'
import { plural } from '../../ui/format/quantity.ts'

/** What came with a file and what was here already, the gist first. */
export function importWords(
  { count, known, held, files, exportedAt }: CallOutput<'outbox.import'>,
  now: number,
): string[] {
  const withFiles = files > 0 ? ` with ${plural(files, 'file')}` : ''
  const came =
    count === 0 ? 'Nothing new came with this file.' : `${plural(count, 'decision')}${withFiles} came in.`
  const from = `It was exported ${longAge(exportedAt, now)}.`
  const again = `${plural(known, 'decision')} in it ${known === 1 ? 'was' : 'were'} here already and ${known === 1 ? 'stays' : 'stay'} as ${known === 1 ? 'it was' : 'they were'}.`
  const going = count - held
  const sent = `${going === count ? 'They are' : `${plural(going, 'decision')} of them ${going === 1 ? 'is' : 'are'}`} sent from here when the server can be reached and has been asked about them.`
  const waiting = `${plural(held, 'decision')} ${held === 1 ? 'is' : 'are'} on hold, as you had ${held === 1 ? 'it' : 'them'}.`
  return [
    came,
    ...(count > 0 && going > 0 ? [sent] : []),
    ...(held > 0 ? [waiting] : []),
    ...(known > 0 ? [again] : []),
    from,
  ]
}
