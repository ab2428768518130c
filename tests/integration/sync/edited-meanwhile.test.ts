import { describe, expect, it } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { CaseInput } from '#shared/model/case.ts'
import { updateCases } from '#main/services/change-cases.ts'
import { editComment } from '#main/services/discuss.ts'
import { editOperation } from '#main/services/edit-operation.ts'
import { updateAlerts } from '#main/services/triage.ts'
import { deciding } from '#tests/support/sync/deciding.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()
const began = 'First line\n\nSecond line'
const withBens = `${began}\n\nAdded by Ben`

const fields = (unit: string, hosts: number): CustomFieldValue[] => [
  { name: 'business-unit', type: 'string', value: unit, order: 0 },
  { name: 'risk-score', type: 'integer', value: hosts, order: 1 },
]
const valuesOf = (values: readonly CustomFieldValue[] = []) =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]))

/** A new alert whose description has two lines. */
async function described(rig: PullRig): Promise<string> {
  const id = rig.shown().find((one) => rig.reader.detail(one)?.alert.stage === 'New') ?? expect.fail('none')
  await rig.colleague.updateAlert(id, { description: began }, signal)
  await rig.round()
  return id
}

async function aCase(rig: PullRig, customFields: CustomFieldValue[]): Promise<string> {
  const input: CaseInput = {
    title: 'Wave',
    description: began,
    severity: 2,
    tlp: 'amber',
    pap: 'amber',
    tags: [],
  }
  const { id } = await rig.colleague.createCase(input, signal)
  await rig.colleague.updateCase(id, { customFields }, signal)
  await rig.round()
  return id
}

const descriptionOf = async (rig: PullRig, id: string) => (await rig.colleague.alert(id, signal))?.description
const conflictsOf = ({ outbox }: PullRig) =>
  outbox.operations.flatMap(({ conflicts = [] }) => conflicts.map(({ field, theirs }) => [field, theirs]))

describe.each(['thehive5', 'thehive4', 'thehive3'] as const)('on a %s, while an edit is open', (flavour) => {
  it('a line that a colleague adds to the description is pulled, and stays', async () => {
    const rig = await startPullRig({ flavour })
    const id = await described(rig)
    const context = await deciding(rig)
    await rig.colleague.updateAlert(id, { description: withBens }, signal)
    await rig.round()
    expect(rig.reader.detail(id)?.alert.description).toBe(withBens)
    const change = { description: began.replace('First', 'My first') }
    await updateAlerts({ ids: [id], change, before: { [id]: { description: began } } }, context)
    await rig.round()
    expect(await descriptionOf(rig, id)).toBe(withBens.replace('First', 'My first'))
  })

  it('a colleague’s words in the same place are pulled, and stand until the analyst chooses', async () => {
    const rig = await startPullRig({ flavour })
    const id = await described(rig)
    const context = await deciding(rig)
    const theirs = began.replace('First', 'Ben’s first')
    await rig.colleague.updateAlert(id, { description: theirs, title: 'Named by Ben' }, signal)
    await rig.round()
    const change = { description: began.replace('First', 'My first'), title: 'Named by me' }
    const before = { description: began, title: 'Named by nobody' }
    await updateAlerts({ ids: [id], change, before: { [id]: before } }, context)
    await rig.rounds(2)
    expect(conflictsOf(rig)).toEqual([
      ['title', 'Named by Ben'],
      ['description', theirs],
    ])
    expect(await descriptionOf(rig, id)).toBe(theirs)
  })

  it('a colleague’s fields of the alert and of the case stay where they were not touched', async () => {
    const rig = await startPullRig({ flavour })
    const [id, caseId] = [await described(rig), await aCase(rig, fields('Sales', 1))]
    await rig.colleague.updateAlert(id, { customFields: fields('Sales', 1) }, signal)
    await rig.round()
    const context = await deciding(rig)
    await rig.colleague.updateAlert(id, { customFields: fields('Sales', 2) }, signal)
    await rig.colleague.updateCase(caseId, { customFields: fields('Sales', 2) }, signal)
    await rig.round()
    expect(valuesOf(rig.reader.case(caseId)?.customFields)).toEqual(valuesOf(fields('Sales', 2)))
    const change = { customFields: fields('Finance', 1) }
    const before = { customFields: fields('Sales', 1) }
    await updateAlerts({ ids: [id], change, before: { [id]: before } }, context)
    await updateCases({ ids: [caseId], change, before: { [caseId]: before } }, context)
    await rig.round()
    expect(rig.outbox.operations.map(({ state }) => state)).toEqual(['sent', 'sent'])
    const alert = await rig.colleague.alert(id, signal)
    expect(valuesOf(alert?.customFields)).toEqual(valuesOf(fields('Finance', 2)))
    expect(valuesOf(rig.reader.case(caseId)?.customFields)).toEqual(valuesOf(fields('Finance', 2)))
  })
})

it('a comment that was changed elsewhere while it is edited is put before the analyst', async () => {
  const rig = await startPullRig({ flavour: 'thehive5' })
  const id = await described(rig)
  const context = await deciding(rig)
  const { id: commentId } = await rig.colleague.addComment(id, 'seen', signal)
  await rig.engine().lookAt(id)
  await rig.colleague.editComment(commentId, 'seen by Ben', signal)
  await rig.rounds(2)
  await rig.engine().lookAt(id)
  expect(rig.reader.detail(id)?.comments.map(({ message }) => message)).toContain('seen by Ben')
  await editComment({ id, commentId, message: 'mine', before: { message: 'seen' } }, context)
  await rig.round()
  expect(conflictsOf(rig)).toEqual([['message', 'seen by Ben']])
  expect((await rig.colleague.comments(id, signal)).map(({ message }) => message)).toContain('seen by Ben')
})

it('words that come into a waiting decision while it is edited are sent with it', async () => {
  const rig = await startPullRig({ flavour: 'thehive5' })
  const id = await described(rig)
  const context = await deciding(rig)
  const held = { ...context, settings: () => ({ ...context.settings(), undoWindow: 'until-sent' as const }) }
  const mine = began.replace('First', 'My first')
  await updateAlerts({ ids: [id], change: { description: mine } }, held)
  const [{ id: waiting } = expect.fail('nothing waits')] = rig.outbox.operations
  const before = { kind: 'alert.update', change: { description: mine } } as const
  await rig.colleague.updateAlert(id, { description: withBens }, signal)
  await rig.round()
  const edit = { kind: 'alert.update', change: { description: mine.replace('My', 'Our') } } as const
  await editOperation({ id: waiting, edit, before }, context)
  rig.book.save({ ...rig.book.get(waiting)!, state: 'ready', notBefore: 0 })
  await rig.round()
  expect(await descriptionOf(rig, id)).toBe(withBens.replace('First', 'Our first'))
})
