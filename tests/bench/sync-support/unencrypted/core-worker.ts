import { parentPort } from 'node:worker_threads'
import type { CoreCall, OpenRequest } from '#main/core/messages.ts'
import { openProfile } from '#main/core/open-profile.ts'
import type { OpenedProfile, Tell } from '#main/core/open-profile.ts'
import { serve } from '#main/core/rpc.ts'

// The core as the app runs it, except that its cache threads are the ones beside this file: their file is not encrypted.
if (parentPort === null) throw new Error('The core runs as a worker thread')
let opened: OpenedProfile | undefined

const notify = serve(parentPort, {
  open: async (request: OpenRequest) => {
    opened = await openProfile(request, tell, import.meta.url)
    return opened.summary()
  },
  call: (name: CoreCall, input: unknown) => {
    if (opened === undefined) throw new Error('Nothing is open')
    return (opened.calls[name] as (input: unknown) => Promise<unknown>)(input)
  },
  close: async () => opened?.close(),
})
const tell: Tell = (name, payload) => notify(name, payload)
