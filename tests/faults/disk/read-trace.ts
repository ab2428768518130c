import { Buffer } from 'node:buffer'

/** What a process did to the files of one folder, and what it said on its standard output. Names are without the folder. */
export type DiskEvent =
  | { do: 'create' | 'unlink'; name: string }
  | { do: 'rename'; name: string; to: string }
  | { do: 'write'; name: string; at: number; data: Buffer | number }
  | { do: 'size'; name: string; size: number }
  | { do: 'sync'; name: string }
  | { do: 'sync-folder' }
  | { do: 'said'; line: string }

type Call = { name: string; args: string[]; answer: number }
type Handle = { name: string; at: number }

/** Files of the folder that no power cut leaves anything of: SQLite makes shared memory anew. */
const forgotten = /-shm$/

/** Reads strace's lines. Throws on a call that it does not know how to replay, so that nothing is left out unseen. */
export function readTrace(lines: readonly string[], folder: string): DiskEvent[] {
  const handles = new Map<number, Handle>()
  return joined(lines).flatMap((call) => (call.answer < 0 ? [] : eventsOf(call, handles, `${folder}/`)))
}

/** One call a line; what two threads did at the same time is put together where it ended. */
function joined(lines: readonly string[]): Call[] {
  const begun = new Map<string, string>()
  return lines.flatMap((line): Call[] => {
    const pid = /^\d+/.exec(line)?.[0] ?? ''
    const text = line.slice(pid.length).trimStart()
    if (text.endsWith('<unfinished ...>')) {
      begun.set(pid, text.slice(0, -'<unfinished ...>'.length))
      return []
    }
    const rest = /^<\.\.\. \w+ resumed>/.exec(text)?.[0]
    const call = rest === undefined ? text : (begun.get(pid) ?? '') + text.slice(rest.length)
    const parts = /^(\w+)\((.*)\)\s+= (-?\d+|0x[0-9a-f]+|\?)/.exec(call)
    const [, name = '', args = '', answer = ''] = parts ?? []
    return parts === null ? [] : [{ name, args: args.split(/, (?![^[]*\])/), answer: Number(answer) }]
  })
}

function eventsOf({ name, args, answer }: Call, handles: Map<number, Handle>, root: string): DiskEvent[] {
  const inside = (at: number) => nameOf(args[at], root)
  const handle = handles.get(Number(args[0]))
  switch (name) {
    case 'openat':
      return opened({ handles, fd: answer, name: inside(1), flags: args[2] ?? '' })
    case 'close':
      handles.delete(Number(args[0]))
      return []
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return renamed(name === 'rename' ? [inside(0), inside(1)] : [inside(1), inside(3)])
    case 'unlink':
    case 'unlinkat':
      return removed(inside(name === 'unlink' ? 0 : 1))
    case 'write':
      if (args[0] === '1') return [{ do: 'said', line: bytesOf(args[1]).toString('utf8').trim() }]
      return handle === undefined ? [] : written(handle, { args, count: answer, at: undefined })
    case 'pwrite64':
      return handle === undefined ? [] : written(handle, { args, count: answer, at: Number(args[3]) })
    default:
      return handle === undefined ? [] : onHandle(name, args, handle)
  }
}

function onHandle(call: string, args: string[], { name }: Handle): DiskEvent[] {
  if (call === 'fsync' || call === 'fdatasync')
    return name === '' ? [{ do: 'sync-folder' }] : [{ do: 'sync', name }]
  if (call === 'ftruncate') return [{ do: 'size', name, size: Number(args[1]) }]
  throw new Error(`${call} on ${name} cannot be replayed`)
}

type Opening = { handles: Map<number, Handle>; fd: number; name: string | undefined; flags: string }

function opened({ handles, fd, name, flags }: Opening): DiskEvent[] {
  handles.delete(fd)
  if (name === undefined || forgotten.test(name)) return []
  handles.set(fd, { name, at: 0 })
  return [
    ...(flags.includes('O_CREAT') ? [{ do: 'create', name } as const] : []),
    ...(flags.includes('O_TRUNC') ? [{ do: 'size', name, size: 0 } as const] : []),
  ]
}

function renamed([name, to]: [string | undefined, string | undefined]): DiskEvent[] {
  if (name === undefined || to === undefined || forgotten.test(name)) return []
  return [{ do: 'rename', name, to }]
}

const removed = (name: string | undefined): DiskEvent[] =>
  name === undefined || forgotten.test(name) ? [] : [{ do: 'unlink', name }]

function written(
  handle: Handle,
  call: { args: string[]; count: number; at: number | undefined },
): DiskEvent[] {
  const at = call.at ?? handle.at
  if (call.at === undefined) handle.at += call.count
  const bytes = bytesOf(call.args[1]).subarray(0, call.count)
  const zeros = bytes.every((byte) => byte === 0)
  if (bytes.length < call.count && !zeros) throw new Error(`A write of ${call.count} B was recorded in part`)
  return [{ do: 'write', name: handle.name, at, data: zeros ? call.count : bytes }]
}

/** `''` for the folder itself, undefined for what lies elsewhere. */
function nameOf(quoted: string | undefined, root: string): string | undefined {
  const path = bytesOf(quoted).toString('utf8')
  if (path === root.slice(0, -1)) return ''
  return path.startsWith(root) ? path.slice(root.length) : undefined
}

const bytesOf = (quoted = ''): Buffer =>
  Buffer.from(/^"(.*)"/.exec(quoted)?.[1]?.replaceAll('\\x', '') ?? '', 'hex')
