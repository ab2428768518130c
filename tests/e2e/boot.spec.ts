import { request } from 'node:http'
import { expect, test } from './support/app-fixture.ts'

const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
]

test('the page finds one frozen object and nothing of Node', async ({ page }) => {
  const found = await page.evaluate(() => {
    const blank = document.createElement('iframe')
    document.body.append(blank)
    const usual = new Set(Object.getOwnPropertyNames(blank.contentWindow ?? window))
    blank.remove()
    const loose: string[] = []
    const walk = (value: unknown, path: string) => {
      if (typeof value !== 'object' && typeof value !== 'function') return
      if (value === null) return
      if (!Object.isFrozen(value)) loose.push(path)
      if (typeof value === 'object')
        for (const key of Object.keys(value)) walk(Reflect.get(value, key), `${path}.${key}`)
    }
    const world = window as unknown as Record<string, unknown>
    walk(world['forager'], 'forager')
    return {
      added: Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && !/^\d+$/.test(name)),
      descriptor: Object.getOwnPropertyDescriptor(window, 'forager'),
      loose,
      node: ['require', 'process', 'Buffer', 'module', 'exports', 'global'].filter((name) => name in world),
    }
  })
  // The page's own libraries leave marks of their own; the preload adds one name.
  expect(found.added.filter((name) => !/^(__svelte|__zod|bits)/.test(name))).toEqual(['forager'])
  expect(found.descriptor).toMatchObject({ writable: false, configurable: false })
  expect(found.loose).toEqual([])
  expect(found.node).toEqual([])
})

test('every answer carries the strict policy', async ({ page, app }) => {
  test.skip(app.runtime === 'electron', 'asks over HTTP')
  const origin = new URL(app.url).origin
  for (const path of ['/index.html', '/no-such-file', '/..%2fpackage.json']) {
    const response = await page.request.get(origin + path)
    const policy = response.headers()['content-security-policy'] ?? ''
    for (const directive of directives) expect(policy.split('; ')).toContain(directive)
    expect(policy).not.toContain('unsafe-')
  }
})

/** Every directive that one attempt below must run into. */
const probed = [
  ...['base-uri', 'connect-src', 'font-src', 'frame-src', 'img-src', 'media-src'],
  ...['require-trusted-types-for', 'script-src-elem', 'style-src-attr', 'style-src-elem', 'trusted-types'],
]

test('the policy stops what it forbids', async ({ page }) => {
  const violated = await page.evaluate(async (expected) => {
    const seen = new Set<string>()
    document.addEventListener('securitypolicyviolation', (event) => seen.add(event.effectiveDirective))
    const attempt = (run: () => void) => {
      try {
        run()
      } catch {
        // Trusted Types refuse by throwing as well as by reporting.
      }
    }
    const add = <T extends keyof HTMLElementTagNameMap>(tag: T, properties: Record<string, string>) =>
      document.body.appendChild(Object.assign(document.createElement(tag), properties))
    const away = 'https://example.org/'
    attempt(() => add('img', { src: `${away}picture.png` }))
    attempt(() => add('iframe', { src: away }))
    attempt(() => add('video', { src: `${away}film.mp4` }))
    attempt(() => add('link', { rel: 'stylesheet', href: `${away}style.css` }))
    attempt(() => add('link', { rel: 'modulepreload', href: `${away}script.js` }))
    attempt(() => add('div', {}).setAttribute('style', 'color: red'))
    attempt(() => add('div', { innerHTML: '<b>text</b>' }))
    attempt(() => add('base', { href: away }))
    attempt(() => void new FontFace('Probe', `url(${away}font.woff2)`).load().catch(() => undefined))
    attempt(() => void fetch(away).catch(() => undefined))
    attempt(() =>
      (window as { trustedTypes?: { createPolicy(n: string, r: object): void } }).trustedTypes?.createPolicy(
        'other',
        {},
      ),
    )
    const deadline = Date.now() + 5_000
    while (expected.some((name) => !seen.has(name)) && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 50))
    return [...seen]
  }, probed)
  expect(violated.sort()).toEqual(expect.arrayContaining(probed))
})

test('the address works once, and for nobody else', async ({ app }) => {
  test.skip(app.runtime === 'electron', 'there is no address')
  for (let visit = 0; visit < 2; visit++)
    expect((await fetch(app.url, { redirect: 'manual' })).status).toBe(403)
  expect((await fetch(new URL('/index.html', app.url))).status).toBe(403)
  expect(await statusWithHost(app.url, 'forager.example.org')).toBe(403)
})

test('the page cannot leave, and opens no other', async ({ page }) => {
  const here = page.url()
  const opened = await page.evaluate(() => {
    location.href = 'https://example.org/'
    location.assign('http://192.0.2.7/')
    const link = Object.assign(document.createElement('a'), {
      href: 'https://example.org/',
      target: '_blank',
    })
    document.body.append(link)
    link.click()
    return window.open('https://example.org/')
  })
  expect(opened).toBeNull()
  // A round trip after the attempts: had one been allowed, the page would be gone by now.
  await expect(page.locator('#app')).toBeAttached()
  expect(page.url()).toBe(here)
  expect(page.context().pages()).toHaveLength(1)
})

test('permissions are denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = [
      'camera',
      'microphone',
      'geolocation',
      'midi',
      'clipboard-read',
    ] as unknown as PermissionName[]
    const asked = names.map(async (name) => (await navigator.permissions.query({ name })).state)
    const refused = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      () => 'refused',
    )
    return [...(await Promise.all(asked)), refused]
  })
  expect(states.filter((state) => state !== 'denied' && state !== 'refused')).toEqual([])
})

test('it stops in order, and starts again on the same data after a kill', async ({ app }) => {
  await app.kill9()
  const page = await app.relaunch()
  await expect(page.locator('#app')).toBeAttached()
  expect(await app.stop()).toBe(0)
})

/** A browser fooled by DNS rebinding would name another host. */
function statusWithHost(address: string, host: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const asked = request(address, { headers: { host } }, (response) => {
      response.resume()
      done(response.statusCode)
    })
    asked.once('error', fail)
    asked.end()
  })
}
