import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { childEnv, root } from './paths.mjs'

/**
 * Runs a program to its end and answers its exit code and, when `capture` is set, what it said. Never throws for a failing
 * program; a program that cannot be started counts as code 127. `niceness` above 0 lets others go first.
 */
export function run(command, args, { capture = false, env = {}, timeoutMs, niceness = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: childEnv(capture ? { NO_COLOR: '1', ...env } : env),
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    })
    if (niceness > 0 && child.pid !== undefined) stepBack(child.pid, niceness)
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    const end = (code, said) => {
      clearTimeout(timer)
      resolve({ code, output: said })
    }
    child.once('error', (error) => end(127, `${output}${error.message}\n`))
    child.once('close', (code) => end(code ?? 1, output))
  })
}

/** A program that has already ended needs no priority. */
function stepBack(pid, niceness) {
  try {
    setPriority(pid, niceness)
  } catch (error) {
    if (error.info?.code !== 'ESRCH') throw error
  }
}

/** Runs a program in the foreground: signals pass on to it, and its exit code becomes ours. */
export function become(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, env: childEnv(env), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  endWithNpm(child)
  child.once('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exitCode = 127
  })
  child.once('close', (code) => (process.exitCode = code ?? 1))
  return child
}

/** npm told to stop ends its shell, and the shell tells nobody: who has lost that parent ends its program too. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 1_000)
  timer.unref()
}
