import { z } from 'zod'
import { draftAboutSchema, draftSchema, keptDraftSchema } from '../model/draft.ts'
import { call } from './define.ts'

/** Refused where another profile is open by now: words never end up in somebody else's. */
const inProfile = z.object({ profileId: z.string() })

/** Words that are typed and not saved yet: kept on this computer, never sent. */
export const draftCalls = {
  /** `keptUnder` is the id a draft was saved by, where what it is about has another by now. */
  'drafts.list': call(inProfile, z.array(keptDraftSchema.extend({ keptUnder: z.string() }))),
  /** Instead of the one before. On the disk when it answers. */
  'drafts.save': call(inProfile.extend({ draft: draftSchema }), z.object({ at: z.number() })),
  'drafts.discard': call(inProfile.extend({ about: draftAboutSchema }), z.null()),
} as const
