import { describe, expect, it } from 'vitest'
import { createLogger } from '#main/platform/logger.ts'
import type { LogLevel } from '#main/platform/logger.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'

function recorded(level?: LogLevel) {
  const lines: string[] = []
  const log = createLogger({ write: (line) => lines.push(line), level, now: () => 0 })
  return { log, lines, text: () => lines.join('\n') }
}

describe('the log', () => {
  it('writes one JSON line with time, level, message and facts', () => {
    const { log, lines } = recorded()
    log.info('Synced', { alerts: 3 })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'Synced', alerts: 3 },
    ])
  })

  it('leaves out what is below its level', () => {
    const { log, lines } = recorded('warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
    expect(lines).toHaveLength(2)
  })

  it.each([
    ['by the name of its key', { apiKey: 'k3y-value' }],
    ['deep inside', { request: { headers: { Authorization: 'k3y-value' } } }],
    ['in a list', { tried: [{ passphrase: 'k3y-value' }] }],
    ['by its look', { line: 'Authorization: Bearer k3y-value' }],
    ['before the host of an address', { line: 'by http://ana:k@k3y-value@proxy.example:3128' }],
    ['in an error', { error: new Error('sent Bearer k3y-value') }],
    [
      'in the cause of an error',
      { error: new ForagerError('bug', 'x', { cause: new Error('Bearer k3y-value') }) },
    ],
  ])('hides a secret %s', (_where, facts) => {
    const { log, text } = recorded()
    log.error('Failed', facts)
    expect(text()).toContain('[redacted]')
    expect(text()).not.toContain('k3y-value')
  })

  it('hides what it was told to, wherever it stands', () => {
    const { log, text } = recorded()
    log.hide('Zm9yYWdlcg')
    log.warn('Server said Zm9yYWdlcg', { body: 'x Zm9yYWdlcg y', deep: [{ note: 'Zm9yYWdlcg' }] })
    expect(text()).not.toContain('Zm9yYWdlcg')
  })

  it('keeps lines short and does not follow circles', () => {
    const { log, lines } = recorded()
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    log.info('Big', { text: 'x'.repeat(100_000), circle, bytes: new Uint8Array(5) })
    expect(lines[0]?.length).toBeLessThan(10_000)
    expect(lines[0]).toContain('[5 bytes]')
  })
})
