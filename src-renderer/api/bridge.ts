import type { ForagerBridge } from '#shared/contract/api.ts'

declare global {
  interface Window {
    /** Put there by the preload before the page runs. Only src-renderer/api may use it. */
    readonly forager: ForagerBridge<File>
  }
}

/** Looked up at each use, so that a test can put its own in place before a call. */
export function bridge(): ForagerBridge<File> {
  return window.forager
}
