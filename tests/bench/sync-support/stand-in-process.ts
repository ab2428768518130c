import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { askOnce } from './ask-once.ts'
import type { OpenRequest } from '#main/core/messages.ts'

const command = join(import.meta.dirname, '../../support/thehive/main.ts')

export type StandInProcess = {
  connection: NonNullable<OpenRequest['connection']>
  /** How many requests it has answered so far. */
  requests: () => Promise<number>
  stop: () => Promise<void>
}

type Ready = { url: string; control: string; keys: Record<string, string> }

/** The stand-in as a process of its own: its work shares the machine with the client's, never a thread. */
export async function startStandInProcess(alerts: number): Promise<StandInProcess> {
  const child = spawn(process.execPath, [command, '--alerts', String(alerts), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => Promise.reject(new Error('The stand-in TheHive ended before it was ready'))),
  ])
  const { url, control, keys } = JSON.parse(ready) as Ready
  const apiKey = Object.entries(keys).find(([login]) => login.startsWith('ana@'))?.[1]
  if (apiKey === undefined) throw new Error('The stand-in named no key of an analyst')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  const requests = async () => {
    const answer = await askOnce(`${control}/events`, { method: 'GET' })
    return (JSON.parse(answer) as unknown[]).length
  }
  return { connection: { url, apiKey }, requests, stop }
}
