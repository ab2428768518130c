import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Detection } from './detect.ts'
import { isBefore } from './server-version.ts'

/** Reading, promoting and merging move an alert's `_updatedAt` from here on; before, a copy never learns of them. */
const firstFour = '4.1.16'

/** @throws ForagerError `forbidden` for a TheHive whose answers cannot keep a copy true */
export function refuseTooOld({ flavour, version }: Pick<Detection, 'flavour' | 'version'>): void {
  if (flavour !== 'thehive4' || !isBefore(version, firstFour)) return
  throw new ForagerError(
    'forbidden',
    `This is TheHive ${version}. Forager works with TheHive 4 from ${firstFour} on: earlier ones do not tell when an alert was read, promoted or merged.`,
    {
      did: 'Your API key was not sent, and nothing was read.',
      next: 'Ask whoever runs it for an update; 4.1.24 is the last one.',
      details: { sent: false, tooOld: version },
    },
  )
}
