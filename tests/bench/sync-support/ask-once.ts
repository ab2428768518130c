import { request } from 'node:http'
import type { Agent } from 'node:http'

export type Asked = { method: string; headers?: Record<string, string>; body?: string; agent?: Agent }

/** One request and its answer's text. Without an agent the connection is its own, so that no idle one is met in closing. */
export function askOnce(url: string, { body, agent, ...asked }: Asked): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...asked, agent: agent ?? false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.once('error', reject)
      answer.once('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(Buffer.concat(parts).toString())
        else reject(new Error(`The stand-in answered ${answer.statusCode}`))
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
