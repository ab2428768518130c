import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import type { Session } from 'electron'
import { appScheme, isAppUrl } from './app-origin.ts'
import type { BuiltFiles } from './built-files.ts'
import { pageHeaders } from './page-headers.ts'

/** Must run before the app is ready: Chromium fixes its schemes then. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Serves the built page, and nothing else, to this session. */
export function serveApp(session: Session, files: BuiltFiles): void {
  session.protocol.handle(appScheme, (request) => answerAppRequest(request, files))
}

/** 404 for everything not on the list, 405 for everything but reading. */
export async function answerAppRequest(
  request: Pick<Request, 'method' | 'url'>,
  files: BuiltFiles,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading')
  const file = isAppUrl(request.url) ? files.get(new URL(request.url).pathname) : undefined
  if (file === undefined) return refuse(404, 'Not found')
  const body = request.method === 'HEAD' ? null : await readFile(file.path)
  return new Response(body, { headers: { ...pageHeaders, 'content-type': file.contentType } })
}

function refuse(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' },
  })
}
