import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { AlertAttachment } from '#shared/model/observable.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import type { QueueRow } from '#shared/model/queue-row.ts'
import type { HarnessState } from './fake-state.ts'

const hourMs = 3_600_000

const description = `### What was seen
A message asking to settle an **overdue invoice** came through the gateway with a reply address of another domain.

| Header | Value |
| --- | --- |
| From | billing@partner.example |
| Reply-To | billing@partner-pay.example |

1. Two people opened the attachment
2. One of them followed [the payment page](https://partner-pay.example/login?id=7)

> The gateway let it through with score 4.1.

\`\`\`
Received: from mx1.partner-pay.example (198.51.100.23)
\`\`\`

![logo](https://partner-pay.example/pixel.png)
`

const hostile = `<script>window.pwned = true</script>
<img src="https://evil.example/a.png" onerror="window.pwned = true">
[click](javascript:window.pwned=true) [data](data:text/html,<script>1</script>)
![x](https://evil.example/track.png "t") <iframe src="https://evil.example"></iframe>
<style>body{display:none}</style><form action="https://evil.example"><input name=p></form>
https://evil.example/auto [a](//evil.example) <a href="https://evil.example" target=_blank>x</a>`

/** The detail of a made-up row, as a server of this state has it. */
export function sampleDetail(row: QueueRow, state: HarnessState, now: number): AlertDetail {
  const kind = state === 'hostile' ? 'hostile' : 'plain'
  const old = state === 'th3'
  const amount = row.pk % 40 === 5 ? 600 : Math.max(3, row.observableCount)
  return {
    alert: {
      id: row.id,
      type: row.type,
      source: row.source,
      sourceRef: row.sourceRef,
      title: row.title,
      description: kind === 'hostile' ? hostile : description,
      severity: row.severity,
      tlp: row.tlp,
      pap: row.pap,
      date: row.date,
      tags: row.tags,
      status: row.status,
      stage: row.stage,
      follow: true,
      observableCount: amount,
      customFields: [
        { name: 'business-unit', type: 'string', value: kind === 'hostile' ? hostile : 'Finance', order: 1 },
        { name: 'hosts-affected', type: 'integer', value: 2, order: 2 },
        { name: 'contained-at', type: 'date', value: row.date + hourMs, order: 3 },
        { name: 'ticket', type: 'url', value: 'https://desk.example/t/4711', order: 4 },
        ...(state === 'mandatory' ? [{ name: 'root-cause', type: 'string', value: null, order: 5 }] : []),
      ],
      ...(old && { read: row.stage !== 'New' }),
      externalLink: 'https://mail-gateway.example/messages/PX-88121',
      createdAt: row.date,
      createdBy: 'feeder@soc.example',
      updatedAt: row.date + hourMs,
      updatedBy: 'ana',
      ...(row.assignee !== undefined && { assignee: row.assignee }),
      ...(row.caseId !== undefined && { caseId: row.caseId }),
    },
    observables: Array.from({ length: amount }, (_one, index) => sampleObservable(row, index, kind)),
    comments: old
      ? []
      : [
          ...(kind === 'plain'
            ? [
                {
                  ...{ id: '~c0', message: 'Called the plant: nobody paid.', createdBy: 'ana', edited: true },
                  createdAt: row.date + 2 * hourMs,
                },
              ]
            : []),
          {
            id: '~c1',
            message:
              kind === 'hostile'
                ? hostile
                : 'Asked the mail team to pull the message from **all** mailboxes.',
            createdAt: row.date + hourMs,
            createdBy: 'bo.larsen',
            edited: false,
          },
        ],
    procedures: old ? [] : sampleProcedures(row),
    attachments: old ? [] : sampleAttachments(row, kind),
    pending: [],
    ...(state === 'gone' && { goneAt: now - 2 * hourMs }),
    fetchedAt: now - 3 * hourMs,
    childrenAt: now - 3 * hourMs,
  }
}

function sampleProcedures(row: QueueRow): Procedure[] {
  return [
    {
      ...{ id: '~p1', patternId: 'T1566.001', patternName: 'Spearphishing Attachment' },
      ...{ tactic: 'initial-access', description: 'The invoice carried a **macro**.' },
      ...{ occurDate: row.date, createdAt: row.date + hourMs, createdBy: 'ana' },
    },
    {
      ...{ id: '~p2', patternId: 'T1204.002', patternName: 'Malicious File', tactic: 'execution' },
      ...{ occurDate: row.date + hourMs, createdAt: row.date + hourMs, createdBy: 'bo.larsen' },
    },
  ]
}

function sampleAttachments(row: QueueRow, kind: 'plain' | 'hostile'): AlertAttachment[] {
  return [
    {
      id: '~f1',
      name: kind === 'hostile' ? '\u202egpj.exe <b>x</b>' : 'mail-gateway-report.pdf',
      size: 482_113,
      contentType: 'application/pdf',
      sha256: '0c5a3d1c3e1ea34c27bb0a1f9b6a0a2d2a3b6f7dcb4e9f6a7b8c9d0e1f2a3b4c',
      createdAt: row.date + hourMs,
      createdBy: 'feeder@soc.example',
    },
  ]
}

function sampleObservable(row: QueueRow, index: number, kind: 'plain' | 'hostile'): Observable {
  const values = [
    { dataType: 'domain', data: 'partner-pay.example' },
    { dataType: 'ip', data: `198.51.100.${index % 250}` },
    { dataType: 'url', data: 'https://partner-pay.example/login?id=7' },
    { dataType: 'mail', data: 'billing@partner-pay.example' },
    { dataType: 'hash', data: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
  ]
  const value = values[index % values.length]
  const file = index % 6 === 5
  return {
    id: `~o${row.pk}-${index}`,
    dataType: file ? 'file' : (value?.dataType ?? 'other'),
    ...(file
      ? {
          attachment: {
            name: kind === 'hostile' ? '<img src=x onerror=alert(1)>.exe' : 'invoice_0921.xlsm',
            size: 184_320,
            contentType: 'application/vnd.ms-excel',
            sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
          },
        }
      : { data: kind === 'hostile' && index === 0 ? hostile : (value?.data ?? 'x') }),
    tlp: 'amber',
    pap: 'amber',
    tags: index % 3 === 0 ? ['from:header'] : [],
    ioc: index % 2 === 0,
    sighted: index % 5 === 0,
    ignoreSimilarity: false,
    createdAt: row.date,
    createdBy: 'feeder@soc.example',
  }
}
