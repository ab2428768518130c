import type { Configuration } from 'electron-builder'
import type { Target } from './target.ts'

/**
 * Electron's switches that are burnt into the binary, against using an installed Forager as a Node to run other code with.
 * Archive integrity is checked on macOS and Windows; Linux ignores that fuse. WebAssembly's trap handlers keep Electron's
 * own setting (on), and no custom V8 snapshot ships.
 */
export function fuses(target: Target): NonNullable<Configuration['electronFuses']> {
  return {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    /** Flipping breaks the signature Apple's processors insist on; only a Mac can renew it. */
    resetAdHocDarwinSignature: target.platform === 'mac' && process.platform === 'darwin',
  }
}
