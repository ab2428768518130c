import type { QueueRow } from '#shared/model/queue-row.ts'
import type { Severity, Stage, Tlp } from '#shared/model/scales.ts'

const minuteMs = 60_000

const kinds = [
  {
    type: 'phishing',
    source: 'mail-gateway',
    title: 'Phishing: invoice overdue, reply-to differs',
    tags: ['phishing', 'invoice', 'mail'],
  },
  {
    type: 'edr',
    source: 'endpoint-sensor',
    title: 'Encoded PowerShell started by a document',
    tags: ['T1059.001', 'powershell'],
  },
  {
    type: 'siem',
    source: 'siem',
    title: 'Brute force on VPN from one network',
    tags: ['vpn', 'brute-force', 'T1110'],
  },
  { type: 'ids', source: 'network-ids', title: 'Beacon to a known command server', tags: ['c2', 'beacon'] },
  {
    type: 'misp',
    source: 'misp-feed',
    title: 'New event: loader with rotating domains',
    tags: ['misp', 'loader', 'tlp:amber', 'osint'],
  },
  {
    type: 'dlp',
    source: 'dlp-agent',
    title: 'Archive with passwords sent to a private mailbox',
    tags: ['dlp'],
  },
] as const

const severities: Severity[] = [2, 3, 1, 2, 4, 2, 3, 1]
const tlps: Tlp[] = ['amber', 'green', 'clear', 'amber-strict', 'red']
const people = ['ana', 'bo.larsen', 'chi@soc.example']

/** A row of the made-up queue, the same for the same number. `now` in ms; row 1 is the newest. */
export function sampleRow(pk: number, now: number): QueueRow {
  const kind = kinds[pk % kinds.length] ?? kinds[0]
  const stage: Stage =
    pk % 11 === 0 ? 'Closed' : pk % 17 === 0 ? 'Imported' : pk % 7 === 0 ? 'InProgress' : 'New'
  return {
    pk,
    id: `~${1_000_000 + pk}`,
    title: pk % kinds.length === 3 ? `${kind.title} (192.0.2.${pk % 250})` : `${kind.title} #${pk}`,
    severity: severities[(pk * 5) % severities.length] ?? 2,
    tlp: tlps[pk % tlps.length] ?? 'amber',
    pap: 'amber',
    type: kind.type,
    source: kind.source,
    sourceRef: `REF-${String(pk).padStart(6, '0')}`,
    stage,
    status: { New: 'New', InProgress: 'InProgress', Closed: 'Ignored', Imported: 'Imported' }[stage],
    date: now - pk * 7 * minuteMs,
    tags: [...kind.tags].slice(0, (pk % 4) + 1),
    observableCount: pk % 9,
    pending: false,
    ...(pk % 3 === 0 && { assignee: people[pk % people.length] ?? 'ana' }),
    ...(stage === 'Imported' && { caseId: '~500', caseNumber: 114 }),
  }
}

const payload = '<img src=x onerror="fetch(`https://evil.example/`)"><script>window.pwned = true</script>'

/** Rows that try to break a screen: markup, right-to-left text, 500 characters, one long word, controls. */
export function hostileRows(now: number): QueueRow[] {
  const titles = [
    payload,
    'تنبيه: محاولة تسجيل دخول مشبوهة من عنوان 192.0.2.7',
    `Long title ${'and it goes on '.repeat(33)}`.slice(0, 500),
    'W'.repeat(500),
    '‮gpj.exe‬ hidden by a direction mark',
    '{{constructor.constructor("window.pwned = true")()}} ${7*7}',
  ]
  return titles.map((title, index) => ({
    ...sampleRow(index + 1, now),
    title,
    stage: 'New' as const,
    status: 'New',
    tags: [payload, '"><svg onload=alert(1)>', 'نص'],
    source: payload,
    type: payload,
    assignee: '<b>x</b>',
  }))
}
