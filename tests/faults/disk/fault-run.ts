import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { lockProfile } from '#main/store/profile-lock.ts'
import type { Verdict } from './cut-power.ts'
import { faultCalls, injectionFlags, pathFlags } from './fault-points.ts'
import type { FaultPoint } from './fault-points.ts'
import { pageOfAlerts } from './older-files.ts'
import { contentOf } from './outbox-states.ts'
import { proofKey, withFolder } from './proof-folder.ts'
import { runTraced } from './strace.ts'

/** The session, and what its outbox holds after each step. */
export type Course = { seed: number; length: number; after: readonly string[] }

/** More than enough for every call of a step to fail in turn, until the disk is well again. */
const tries = 40
const script = 'profile-session.ts'
const argsOf = (folder: string, { seed, length }: Course) => [
  folder,
  String(seed),
  String(length),
  String(tries),
]

/** How often the session makes each call on the profile's files when nothing fails. */
export async function countCalls(course: Course): Promise<Map<string, number>> {
  const logs = mkdtempSync(join(tmpdir(), 'forager-trace-'))
  try {
    return await withFolder(async (folder) => {
      const log = join(logs, 'calls')
      await runTraced(
        [...pathFlags(folder), '-e', `trace=${faultCalls.join(',')}`, '-o', log],
        script,
        argsOf(folder, course),
      )
      const lines = readFileSync(log, 'latin1').split('\n')
      const count = (call: string) =>
        lines.filter((line) => line.split(/\s+/)[1]?.startsWith(`${call}(`) === true).length
      return new Map(faultCalls.map((call) => [call, count(call)]))
    })
  } finally {
    rmSync(logs, { recursive: true, force: true })
  }
}

/** Runs the session with one fault and says what was wrong with how it went, or with what it left. */
export async function runFault(point: FaultPoint, course: Course): Promise<Verdict> {
  return withFolder(async (folder) => {
    const flags = ['--seccomp-bpf', ...pathFlags(folder), ...injectionFlags(point), '-o', '/dev/null']
    const { code, said } = await runTraced(flags, script, argsOf(folder, course))
    const refusals = said.filter((line) => line.startsWith('ERR '))
    const worded = refusals
      .map((line) => refusalVerdict(line, point))
      .find((verdict) => verdict !== undefined)
    if (code !== 0 && point.lasts !== 'for ever')
      return { lost: false, what: `it did not go on when the disk was well again: ${refusals.at(-1)}` }
    return worded ?? leftVerdict({ folder, said }, course)
  })
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  ENOSPC: ['disk-full', 'unreadable-file'],
  EIO: ['unreadable-file'],
  EROFS: ['unreadable-file'],
  EACCES: ['unreadable-file'],
}

/** Each refusal says in words what happened, what Forager did and what to do, and never that something should be deleted. */
function refusalVerdict(line: string, { error, call }: FaultPoint): Verdict {
  const data = JSON.parse(line.slice(line.indexOf('{'))) as ErrorData
  const shared = data.details?.code === 'SQLITE_IOERR_SHMSIZE' ? ['disk-full'] : []
  const allowed =
    error === 'ENOSPC' && call === 'pwrite64' ? ['disk-full'] : [...(kinds[error] ?? []), ...shared]
  const whole = data.did !== undefined && data.next !== undefined
  const deletes = /delet|remove|erase/i.test(`${data.did} ${data.next}`)
  if (allowed.includes(data.kind) && whole && !deletes) return undefined
  return { lost: false, what: `it was refused with: ${line}` }
}

/** What a session said, and where its files are. */
type Left = { folder: string; said: readonly string[] }

/** In the order in which a profile is opened: beside an outbox, an empty cache is no new one. */
function leftVerdict(left: Left, course: Course): Verdict {
  try {
    return lockVerdict(left.folder) ?? cacheVerdict(left, course) ?? outboxVerdict(left, course)
  } catch (thrown) {
    return { lost: false, what: `what it left does not open: ${String(thrown)}` }
  }
}

function lockVerdict(folder: string): undefined {
  lockProfile(folder).release()
}

function outboxVerdict({ folder, said }: Left, { after }: Course): Verdict {
  const acked = said.filter((line) => /^ACK \d+$/.test(line)).length
  const outbox = openOutbox({ folder, keyHex: proofKey, care: 'disposable' })
  try {
    if (outbox.damage() !== undefined || outbox.damaged().length > 0)
      return {
        lost: false,
        what: `opening found damage: ${JSON.stringify(outbox.damage() ?? outbox.damaged())}`,
      }
    const found = contentOf(outbox)
    const done = Math.max(acked - 1, 0)
    const allowed = said.includes('END') ? [after.at(-1)] : after.slice(done, done + 2)
    return allowed.includes(found)
      ? undefined
      : { lost: true, what: `after ${acked} acknowledged steps the outbox holds:\n${found.slice(0, 400)}` }
  } finally {
    outbox.close()
  }
}

function cacheVerdict({ folder, said }: Left, { seed }: Course): Verdict {
  const location = { folder, keyHex: proofKey, care: 'disposable' } as const
  const writer = openCacheWriter(location)
  const reader = openCacheReader(location)
  try {
    const pages = said.filter((line) => line.startsWith('ACK cache')).length
    const missing = Array.from({ length: pages }, (_, i) => pageOfAlerts(seed, i + 1))
      .flat()
      .filter(({ id }) => reader.detail(id) === undefined)
    if (writer.damage() !== undefined) return { lost: false, what: 'the cache was found damaged' }
    return missing.length === 0
      ? undefined
      : { lost: false, what: `${missing.length} stored alerts are not in the cache` }
  } finally {
    reader.close()
    writer.close()
  }
}
