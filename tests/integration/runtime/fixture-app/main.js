// The smallest app that uses each part of Electron the runtime stands in for, and says on stdout what happened.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, powerMonitor, protocol, session, Tray } from 'electron'

const say = (text) => process.stdout.write(`APP ${text}\n`)
const policy = "default-src 'none'; connect-src 'none'"
const folder = import.meta.dirname

const answers = {
  version: () => app.getVersion(),
  sender: (event) => [event.sender.id, event.senderFrame === event.sender.mainFrame, event.senderFrame.url],
  read: (_event, path) => readFileSync(path, 'utf8'),
  fail: () => {
    throw new Error('on purpose')
  },
  battery: () => powerMonitor.isOnBatteryPower(),
  tray: () => new Tray('icon.png'),
  dock: () => app.dock,
  tell: (event) => event.sender.send('news', { n: 1 }),
  quit: () => void setImmediate(() => app.quit()),
  again: () => {
    app.relaunch()
    setImmediate(() => app.quit())
  },
}

app.enableSandbox()
protocol.registerSchemesAsPrivileged([])
if (app.requestSingleInstanceLock()) start()
else {
  say('another one runs')
  app.exit(3)
}

function start() {
  ipcMain.handle('ask', (event, { name, argument }) => answers[name](event, argument))
  app.on('second-instance', () => say('second instance'))
  app.on('web-contents-created', (_event, contents) =>
    contents.on('will-navigate', (event) => {
      say(`navigate ${event.url}`)
      if (!event.url.startsWith('app://forager/')) event.preventDefault()
    }),
  )
  app.on('before-quit', (event) => {
    event.preventDefault()
    say('closing')
    setTimeout(() => app.exit(0), 50)
  })
  app.whenReady().then(() => {
    session.defaultSession.protocol.handle('app', ({ url }) => {
      say(`serve ${url}`)
      if (new URL(url).pathname !== '/index.html') return new Response('no', { status: 404 })
      const headers = { 'content-type': 'text/html', 'content-security-policy': policy }
      return new Response(readFileSync(join(folder, 'index.html')), { headers })
    })
    const window = new BrowserWindow({ webPreferences: { preload: join(folder, 'preload.cjs') } })
    window.once('ready-to-show', () => window.show())
    window.loadURL('app://forager/index.html')
  })
}
