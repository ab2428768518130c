import type { ConflictView, OperationView } from '#shared/model/operation-view.ts'

const minute = 60_000

const line = (index: number, now: number, more: Partial<OperationView>): OperationView => ({
  ...{
    id: `op-${index}`,
    groupId: `group-${index}`,
    kind: 'alert.update',
    sentence: 'Set severity Critical',
  },
  ...{
    alertId: `~${1_000_000 + index}`,
    alertTitle: `Phishing: invoice overdue, reply-to differs #${index}`,
  },
  ...{ state: 'conflict', createdAt: now - index * minute, attempts: 0, notBefore: 0, dependsOn: [] },
  ...{ undoable: true, waitsFor: [], editable: false },
  ...more,
})

const paragraphs = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `Step ${index + 1}. The mail gateway let the message through; the user opened the attachment on a laptop.`,
  ).join('\n')

const was = `The host is WS-0231.\n${paragraphs(12)}\nNothing was found on the disk.`
const texts = {
  base: was,
  mine: was.replace('WS-0231', 'WS-0231 (finance)').replace('Nothing was found', 'A dropper was found'),
  theirs: was.replace('Nothing was found on the disk', 'The disk was imaged; nothing was found'),
}

const hostile = '<img src=x onerror=alert(1)> \u202etxt.exe <script>alert(2)</script>'
const rightToLeft = 'تنبيه: فاتورة متأخرة من المورّد'

/** A card of every sort. */
export function sampleConflicts(now: number): OperationView[] {
  const by = (theirsBy: string, ago: number): Partial<ConflictView> => ({
    ...{ theirsBy, theirsAt: now - ago * minute },
  })
  return [
    line(1, now, {
      conflicts: [
        { field: 'severity', base: 2, mine: 4, theirs: 3, ...by('bo.larsen', 10), theirsExact: true },
      ],
    }),
    line(2, now, {
      sentence: 'Set severity Low · Change the title · Change the description · Set unit',
      conflicts: [
        { field: 'title', base: 'Invoice', mine: rightToLeft, theirs: hostile, ...by('cy', 90) },
        { field: 'description', ...texts, ...by('cy', 90), theirsExact: true },
        { field: 'tlp', base: 'amber', mine: 'green', theirs: 'red', ...by('cy', 90), theirsExact: false },
        { field: 'customFields.business-unit', base: null, mine: 'north', theirs: ['west', 'south'] },
      ],
    }),
    line(3, now, {
      kind: 'alert.promote',
      sentence: 'Promote to a case with template Phishing',
      conflicts: [
        {
          ...{ field: 'caseId', base: null, mine: 'local:c', theirs: '~77', ...by('bo.larsen', 3) },
          words: {
            base: 'no case',
            mine: 'the new case “Invoice wave”',
            theirs: 'case #77 “Invoices of March”',
          },
        },
      ],
    }),
    line(4, now, {
      kind: 'alert.delete',
      sentence: 'Delete this alert',
      conflicts: [
        { field: 'tags', base: ['mail'], mine: null, theirs: ['c2', 'mail'], ...by('bo.larsen', 30) },
        { field: 'assignee', base: null, mine: null, theirs: 'bo.larsen', ...by('bo.larsen', 30) },
      ],
    }),
  ]
}

/** A day offline that ended badly: each card like one of the four. */
export function thousandConflicts(now: number): OperationView[] {
  const cards = sampleConflicts(now)
  return Array.from({ length: 250 }, () => cards)
    .flat()
    .map((card, index) => ({
      ...card,
      ...{
        id: `op-${index + 1}`,
        groupId: `group-${index + 1}`,
        sentence: `${card.sentence} (${index + 1})`,
      },
    }))
}
