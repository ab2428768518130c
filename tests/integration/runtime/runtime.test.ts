import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressOf, connectPage, readIfThere, runFixture, until, visit } from './runtime-client.ts'
import type { FixtureProcess, Page } from './runtime-client.ts'

let userData: string
let started: FixtureProcess[]
let pages: Page[]

beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'forager-runtime-'))
  started = []
  pages = []
})
afterEach(async () => {
  for (const page of pages) page.close()
  for (const app of started) app.signal('SIGKILL')
  await Promise.all(started.map((app) => app.ended))
  rmSync(userData, { recursive: true, force: true })
})

function run(args: string[] = []): FixtureProcess {
  const app = runFixture(userData, args)
  started.push(app)
  return app
}

/** A started app whose page has visited. */
async function open() {
  const app = run()
  const address = await addressOf(app)
  const headers = await visit(address)
  const connect = async () => {
    const page = await connectPage(address, headers)
    pages.push(page)
    return page
  }
  return { app, address, headers, connect }
}

async function upload(address: URL, headers: Record<string, string>, name: string, body: string) {
  const target = new URL('/__runtime/upload', address)
  const extra = { 'x-file-name': encodeURIComponent(name) }
  const answer = await fetch(target, { method: 'POST', headers: { ...headers, ...extra }, body })
  return answer.text()
}

describe('the page', () => {
  it('is the app’s own answer, with the bridge before its scripts and the policy widened to its own origin', async () => {
    const { address, headers } = await open()
    const answer = await fetch(new URL('/index.html', address), { headers })
    expect(await answer.text()).toMatch(/<head>\s*<script src="\/__runtime\/bridge\.js"><\/script>/)
    expect(answer.headers.get('content-security-policy')).toBe(
      `default-src 'none'; connect-src http://${address.host} ws://${address.host}; ` +
        'sandbox allow-scripts allow-same-origin allow-forms',
    )
    expect((await fetch(new URL('/other', address), { headers })).status).toBe(404)
  })

  it('gets the built preload in one script', async () => {
    const { address, headers } = await open()
    const script = await (await fetch(new URL('/__runtime/bridge.js', address), { headers })).text()
    expect(script).toContain("exposeInMainWorld('fixture'")
    // It must be a script as it stands: no types, no modules.
    expect(() => new Function(script)).not.toThrow()
  })

  it('asks the app before it navigates', async () => {
    const { app, address, headers } = await open()
    const ask = async (to: string) => {
      const target = new URL(`/__runtime/navigate?to=${encodeURIComponent(to)}`, address)
      return (await fetch(target, { method: 'POST', headers })).text()
    }
    expect(await ask(`${address.origin}/index.html`)).toBe('yes')
    expect(await ask('https://example.org/')).toBe('no')
    await app.said('navigate app://forager/index.html')
  })
})

describe('calls', () => {
  it('reach the app’s handler as from its own page, over every connection there is', async () => {
    const { connect } = await open()
    const first = await connect()
    expect(await first.ask('version')).toBe('9.8.7')
    first.close()
    const second = await connect()
    expect(await second.ask('sender')).toEqual([1, true, 'app://forager/index.html'])
  })

  it('find a machine on the mains', async () => {
    const { connect } = await open()
    expect(await (await connect()).ask('battery')).toBe(false)
  })

  it('that fail reject with the reason', async () => {
    const { connect } = await open()
    const page = await connect()
    await expect(page.ask('fail')).rejects.toThrow('on purpose')
  })

  it('hear what the app sends', async () => {
    const { connect } = await open()
    const page = await connect()
    const news = page.next()
    await page.ask('tell')
    expect(await news).toEqual({ channel: 'news', args: [{ n: 1 }] })
  })

  it('to parts of Electron that are not here fail by name', async () => {
    const { connect } = await open()
    const page = await connect()
    await expect(page.ask('tray')).rejects.toThrow("Forager's browser runtime has no electron.Tray")
    await expect(page.ask('dock')).rejects.toThrow("Forager's browser runtime has no electron.app.dock")
  })

  it('that are no frames end the connection', async () => {
    const { connect } = await open()
    const page = await connect()
    page.send('nonsense')
    const again = await connect()
    expect(await again.ask('version')).toBe('9.8.7')
  })
})

describe('a dropped file', () => {
  it('lies on disk under its own name until its call has been answered', async () => {
    const { address, headers, connect } = await open()
    const page = await connect()
    const path = await upload(address, headers, 'Rechnung März.eml', 'From: x')
    expect(basename(path)).toBe('Rechnung März.eml')
    expect(await page.ask('read', path)).toBe('From: x')
    page.send({ release: [path, '/etc/hostname'] })
    while (existsSync(path)) await page.ask('version')
  })

  it.each(['../../escape', '/etc/cron.d/x', '..', 'a\u0000b', `${'ü'.repeat(300)}.txt`, ''])(
    'cannot leave its folder by being called %j',
    async (name) => {
      const { address, headers } = await open()
      const path = await upload(address, headers, name, 'x')
      expect(path.startsWith(join(userData, 'browser-runtime', 'uploads'))).toBe(true)
      expect(readdirSync(userData)).not.toContain('escape')
      expect(existsSync(path)).toBe(true)
    },
  )
})

describe('the window', () => {
  /** Stands in for a browser: writes down how it was called, and stays until it is told to go, or its folder is gone. */
  function fakeBrowser() {
    const program = join(userData, 'browser.sh')
    const file = (name: string) => join(userData, name)
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" > ${file('args.part')}\nmv ${file('args.part')} ${file('args')}\n`
    const wait = `while [ -e "$0" ] && [ ! -e ${file('close')} ]; do sleep 0.05; done\n`
    writeFileSync(program, script + wait, { mode: 0o700 })
    const app = runFixture(join(userData, 'data'), [], { FORAGER_CHROMIUM: program, DISPLAY: ':none' })
    started.push(app)
    return {
      app,
      args: () => until(() => readIfThere(file('args'))),
      closeWindow: () => writeFileSync(file('close'), ''),
    }
  }

  it('is a browser of its own, and its address stands in no command line', async () => {
    const { app, args } = fakeBrowser()
    const given = await args()
    const address = await addressOf(app)
    expect(given).not.toContain(address.searchParams.get('token'))
    const opener = fileURLToPath(/--app=(file:.*)/.exec(given)?.[1] ?? '')
    expect(readFileSync(opener, 'utf8')).toContain(address.href)
    expect(statSync(opener).mode & 0o077).toBe(0)
    expect(given).toContain(`--user-data-dir=${join(userData, 'data')}`)
  })

  it('closed by its user ends the app, in order and without a trace', async () => {
    const { app, args, closeWindow } = fakeBrowser()
    await args()
    closeWindow()
    expect(await app.ended).toEqual({ code: 0 })
    expect(app.output()).toContain('APP closing')
    expect(readdirSync(join(userData, 'data'))).toEqual([])
  })

  it('goes when the app goes', async () => {
    const { app, args } = fakeBrowser()
    await args()
    app.signal('SIGTERM')
    expect(await app.ended).toEqual({ code: 0 })
    expect(readdirSync(join(userData, 'data'))).toEqual([])
  })
})

describe('the end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'comes in order after %s, and leaves nothing behind',
    async (signal) => {
      const { app, address, headers } = await open()
      await upload(address, headers, 'left.txt', 'x')
      app.signal(signal)
      expect(await app.ended).toEqual({ code: 0 })
      expect(app.output()).toContain('APP closing')
      expect(readdirSync(userData)).toEqual([])
    },
  )

  it('a second start tells the first and goes away', async () => {
    const { app } = await open()
    const second = run()
    expect(await second.ended).toEqual({ code: 3 })
    await app.said('APP second instance')
  })

  it('is followed by another start where the app asked for one', async () => {
    const { app, connect } = await open()
    void (await connect()).ask('again').catch(() => undefined)
    const pidOf = () => Number(/"pid":(\d+)}\n[^]*"pid":(\d+)}/.exec(app.output())?.[2])
    const pid = await until(() => pidOf() || undefined)
    expect(pid).not.toBe(app.pid)
    process.kill(pid, 'SIGTERM')
    expect(await app.ended).toEqual({ code: 0 })
    expect(app.output().match(/APP closing/g)).toHaveLength(2)
    expect(readdirSync(userData)).toEqual([])
  })

  it('a killed one is followed by the next, which removes the dropped files it has left', async () => {
    const { app, address, headers } = await open()
    const left = await upload(address, headers, 'left.txt', 'x')
    app.signal('SIGKILL')
    await app.ended
    expect(existsSync(left)).toBe(true)
    await addressOf(run())
    expect(existsSync(left)).toBe(false)
  })

  it('a wrong option is told with the right ones', async () => {
    const app = run(['--sideways'])
    expect(await app.ended).toEqual({ code: 1 })
    expect(app.output()).toContain('Options: --user-data DIR')
  })
})
