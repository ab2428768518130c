import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createElectron } from './electron/create-electron.ts'
import type { ElectronStandIn } from './electron/create-electron.ts'
import { findChromium, openChromium } from './open-chromium.ts'
import { readManifest, readOptions } from './options.ts'
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
  let closeBrowser: (() => void) | undefined

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
      closeBrowser ??= showWindow(electron, server.address, options)
    },
    end: (code) => {
      closeBrowser?.()
      sockets.close()
      server.close()
      if (uploads !== undefined) rmSync(privateFolder(electron), { recursive: true, force: true })
      process.exit(code)
    },
  })
  const server = await startLoopbackServer(options.port, {
    electron,
    sockets,
    uploads: () => (uploads ??= createUploads(join(privateFolder(electron), 'uploads'))),
    bridge: () => script ?? '',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => electron.quit())
  resolveElectronTo(electron.module)
  await import(pathToFileURL(join(root, manifest.main)).href)
  electron.start()
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

/** Opens a window where there is a display and a browser; says the address where not. Answers how to close it again. */
function showWindow(
  electron: ElectronStandIn,
  address: string,
  options: ReturnType<typeof readOptions>,
): () => void {
  const program = options.headless ? undefined : findChromium()
  if (options.printAddress)
    process.stdout.write(`FORAGER_READY ${JSON.stringify({ url: address, pid: process.pid })}\n`)
  if (program === undefined) {
    if (!options.printAddress)
      process.stdout.write(`Open Forager in a browser on this machine, once: ${address}\n`)
    return () => {}
  }
  const profile = join(privateFolder(electron), 'chromium')
  rmSync(profile, { recursive: true, force: true })
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  const browser = openChromium(program, { address, profile })
  browser.once('exit', () => electron.userClosed())
  browser.once('error', (error) => {
    process.stderr.write(`${program} could not be started: ${error.message}\nOpen ${address}\n`)
  })
  return () => void browser.kill()
}

await main()
