import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Ran = { code: number; said: string[] }

/** Why strace cannot be used here; undefined when it can. */
export function lacksStrace(): string | undefined {
  if (process.platform !== 'linux') return 'strace exists on Linux alone'
  const tried = spawnSync('strace', ['-e', 'trace=none', process.execPath, '--version'], { encoding: 'utf8' })
  if (tried.error !== undefined) return 'strace is not installed'
  return tried.status === 0 ? undefined : `strace may not trace here: ${tried.stderr.trim().split('\n')[0]}`
}

let compiledFolder: string | undefined

/** Where the scripts' code is kept ready to run while this process lives: half of what a short session costs is making it so. */
function compiled(): string {
  if (compiledFolder !== undefined) return compiledFolder
  const folder = mkdtempSync(join(tmpdir(), 'forager-compiled-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  compiledFolder = folder
  return folder
}

/** Runs a script of this folder and answers what it said, line by line; `flags` are strace's. */
export async function runTraced(
  flags: readonly string[],
  script: string,
  args: readonly string[],
): Promise<Ran> {
  const file = join(import.meta.dirname, script)
  const child = spawn('strace', ['-f', ...flags, process.execPath, file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled() },
  })
  let out = ''
  let problem = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text))
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (ended) => resolve(ended ?? -1))
  })
  if (code !== 0 && code !== 3) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${problem}`)
  return { code, said: out.split('\n').filter(Boolean) }
}

/** What changes files, and what tells which file is meant. */
const recorded =
  'openat,close,write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,' +
  'mmap,dup,dup2,dup3,copy_file_range,sendfile'

/** The same, and every call that changes a file, in the order in which they ended. */
export async function record(script: string, args: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'forager-trace-'))
  const log = join(folder, 'calls')
  try {
    const { code, said } = await runTraced(
      ['--seccomp-bpf', '-xx', '-s', '70000', '-e', `trace=${recorded}`, '-e', 'signal=none', '-o', log],
      script,
      args,
    )
    if (code !== 0) throw new Error(`${script} was refused without a fault:\n${said.slice(-1).join('\n')}`)
    return readFileSync(log, 'latin1').split('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
