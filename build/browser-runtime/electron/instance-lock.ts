import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Holder = { pid: number; started: string }

export interface InstanceLock {
  /** False when another live process holds it; that one is then told that somebody came. */
  acquire(onSecondInstance: () => void): boolean
  release(): void
}

/** One Forager a user-data folder. The lock names its holder, so that a killed one's lock is known to be stale. */
export function createInstanceLock(folder: string): InstanceLock {
  const lockFile = join(folder, 'browser-runtime.lock')
  const bell = join(folder, 'browser-runtime.bell')
  let release = () => {}
  return {
    acquire: (onSecondInstance) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (!take(lockFile)) {
        writeFileSync(bell, String(process.pid))
        return false
      }
      writeFileSync(bell, '')
      const watcher = watch(bell, () => onSecondInstance())
      watcher.unref()
      release = () => {
        watcher.close()
        rmSync(lockFile, { force: true })
        rmSync(bell, { force: true })
      }
      return true
    },
    release: () => {
      release()
      release = () => {}
    },
  }
}

function take(lockFile: string): boolean {
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' } satisfies Holder)
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lockFile, own, { flag: 'wx', mode: 0o600 })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (isHeld(lockFile)) return false
      rmSync(lockFile, { force: true })
    }
  }
  return false
}

function isHeld(lockFile: string): boolean {
  let holder: Partial<Holder>
  try {
    holder = JSON.parse(readFileSync(lockFile, 'utf8')) as Partial<Holder>
  } catch {
    return false // A lock that says nothing was left by a process that died while writing it.
  }
  if (typeof holder.pid !== 'number') return false
  const started = startOf(holder.pid)
  return started !== undefined && (holder.started === '' || started === holder.started)
}

/** When a process began, in its system's own words; empty where that cannot be told; undefined when it is not there. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  if (process.platform !== 'linux') return ''
  try {
    // Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces, so count from its closing bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return undefined
  }
}
