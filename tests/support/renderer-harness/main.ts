import '#shared/util/no-eval.ts'
import { fakeForager } from './fake-forager.ts'
import type { Harness } from './fake-forager.ts'
import { harnessStates } from './fake-state.ts'

declare global {
  interface Window {
    harness: Harness
  }
}

const asked = new URLSearchParams(location.search).get('state')
const kind = harnessStates.find((one) => one === asked) ?? 'plain'
const { bridge, harness } = fakeForager(kind)
Object.defineProperty(window, 'forager', { value: Object.freeze(bridge) })
window.harness = harness
