import type { RegisteredCalls } from '../ipc/register-calls.ts'
import type { ShutdownStep } from '../shell/shutdown.ts'
import type { CoreClient } from './core-client.ts'

type QuitParts = {
  calls: Pick<RegisteredCalls, 'refuseNew' | 'drain'>
  core: Pick<CoreClient, 'leave' | 'stop'>
  /** Ends every wait for the keychain and for the analyst's choice of a file. */
  leaving: AbortController
  /** Nothing of the machine is told any more. */
  stopFollowing: () => void
}

/** How Forager closes. A call that only waits for somebody's answer is ended first; one that stores something is waited for. */
export function quitSteps({ calls, core, leaving, stopFollowing }: QuitParts): ShutdownStep[] {
  return [
    { name: 'refuse new calls', run: calls.refuseNew, timeoutMs: 1_000 },
    {
      name: 'wait for nobody any more',
      run: () => {
        stopFollowing()
        leaving.abort()
        return core.leave()
      },
      timeoutMs: 2_000,
    },
    { name: 'drain calls', run: calls.drain, timeoutMs: 10_000 },
    { name: 'close the profile and its databases', run: core.stop, timeoutMs: 10_000 },
  ]
}
