import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'
import { pageHeaders } from '#main/shell/page-headers.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

export type ServedHarness = { url: string; close: () => Promise<void> }

/** Builds the real renderer over the made-up bridge and serves it with the app's own security headers. */
export async function serveHarness(port = 0): Promise<ServedHarness> {
  const outDir = await mkdtemp(join(tmpdir(), 'forager-harness-'))
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    plugins: [svelte({ configFile: false })],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, minify: false, target: 'esnext' },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
    const file = join(outDir, path === '/' ? 'index.html' : path)
    readFile(file).then(
      (body) =>
        response
          .writeHead(200, {
            ...pageHeaders,
            'content-type': types[extname(file)] ?? 'application/octet-stream',
          })
          .end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(outDir, { recursive: true, force: true })
    },
  }
}

if (import.meta.main) {
  const { url } = await serveHarness(Number(process.argv[2] ?? 0))
  process.stdout.write(`${url}\n`)
}
