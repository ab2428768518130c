import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createElectron } from './electron/create-electron.ts'
import type { ElectronStandIn } from './electron/create-electron.ts'
import { findChromium, openChromium } from './open-chromium.ts'
import type { BrowserWindowProcess } from './open-chromium.ts'
import { readManifest, readOptions } from './options.ts'
import type { RuntimeOptions } from './options.ts'
import { resolveElectronTo } from './resolve-electron.ts'
import { bridgeScript } from './server/bridge-script.ts'
import { startLoopbackServer } from './server/loopback-server.ts'
import { createSockets } from './server/sockets.ts'
import { createUploads } from './server/uploads.ts'
import type { Uploads } from './server/uploads.ts'

/** Runs the built bundles under Node with a browser for a window. See README.md. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env)
  const root = options.app
  const manifest = readManifest(root)
  let uploads: Uploads | undefined
  let script: string | undefined
  let shown = false
  let browser: BrowserWindowProcess | undefined

  const sockets = createSockets({
    invoke: ({ channel, args }) => electron.invoke(channel, senderOf(electron), args),
    release: (paths) => void uploads?.release(paths),
  })
  const electron: ElectronStandIn = createElectron({
    manifest,
    root,
    userData: options.userData,
    broadcast: sockets.broadcast,
    onShow: ({ preload }) => {
      script ??= bridgeScript(preload)
      // Shown again means brought to the front, which a browser does not let a program do.
      if (shown) return
      shown = true
      // What a killed run has left of dropped files goes before anything else happens.
      uploads = createUploads(join(privateFolder(electron), 'uploads'))
      browser = showWindow(electron, server.address, options)
    },
    end: (code, again) => {
      sockets.close()
      server.close()
      void (browser?.close() ?? Promise.resolve()).then(() => {
        // Only the instance that ran owns the folder: one that met another must not touch it.
        if (shown) rmSync(privateFolder(electron), { recursive: true, force: true, maxRetries: 5 })
        if (again) startAnother()
        process.exit(code)
      })
    },
  })
  const server = await startLoopbackServer(options.port, {
    electron,
    sockets,
    uploads: () => {
      if (uploads === undefined) throw new Error('The window is not open yet')
      return uploads
    },
    bridge: () => script ?? '',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => electron.quit())
  resolveElectronTo(electron.module)
  await import(pathToFileURL(join(root, manifest.main)).href)
  electron.start()
}

/** What Electron's `relaunch` does: the same program, with the same arguments. */
function startAnother(): void {
  const args = [...process.execArgv, ...process.argv.slice(1)]
  spawn(process.execPath, args, { stdio: 'inherit', detached: true }).unref()
}

function privateFolder(electron: ElectronStandIn): string {
  return join(electron.userData, 'browser-runtime')
}

/** What Electron tells a handler about who asks: here always the one page, in its main frame. */
function senderOf(electron: ElectronStandIn): object {
  const contents = electron.page()?.contents
  if (contents === undefined) throw new Error('The window is closed')
  return { sender: contents, senderFrame: contents.mainFrame }
}

/** Opens a window where there is a display and a browser; says the address where not. */
function showWindow(
  electron: ElectronStandIn,
  address: string,
  options: RuntimeOptions,
): BrowserWindowProcess | undefined {
  const program = options.headless ? undefined : findChromium()
  if (options.printAddress)
    process.stdout.write(`FORAGER_READY ${JSON.stringify({ url: address, pid: process.pid })}\n`)
  if (program === undefined) {
    if (!options.printAddress)
      process.stdout.write(`Open Forager in a browser on this machine, once: ${address}\n`)
    return undefined
  }
  const window = openChromium(program, { address, folder: join(privateFolder(electron), 'chromium') })
  void window.ended.then(() => electron.userClosed())
  return window
}

await main()
