import { expect, it } from 'vitest'
import type { Status } from '#shared/model/catalog.ts'
import { predictCase, predictNewCase, predictTasks } from '#main/domain/predict-case.ts'
import type { CaseFacts } from '#main/domain/predict-case.ts'
import { anAlert } from '#tests/support/make.ts'

const field = (name: string, value: string) => ({ name, type: 'string', value })
const template = {
  ...{ name: 'phishing', displayName: 'Phishing', tags: [], taskTitles: ['Find recipients'] },
  customFields: [field('unit', 'by template'), field('owner', 'by template')],
}
const facts = { id: 'local:c', now: 1, login: 'ana', flavour: 'thehive5' as const, statuses: [] }

it('takes each custom field from the choice, else the alert, else the template', () => {
  const alert = anAlert({ customFields: [field('unit', 'by alert'), field('score', 'by alert')] })
  const choices = { customFields: [field('score', 'by choice')] }
  const { customFields } = predictCase(alert, { choices, template }, facts)
  expect(customFields).toEqual([
    field('score', 'by choice'),
    field('unit', 'by alert'),
    field('owner', 'by template'),
  ])
})

it('has the tasks of the template first, then those asked for', () => {
  const tasks = predictTasks(
    { tasks: [{ title: 'Call back', group: 'People', mandatory: true }] },
    { template },
  )
  expect(tasks).toMatchObject([
    { title: 'Find recipients', status: 'Waiting', mandatory: false, order: 0 },
    { title: 'Call back', group: 'People', status: 'Waiting', mandatory: true, order: 1 },
  ])
})

const status = (value: string, stage: Status['stage']): Status => ({ value, stage, order: 0, hidden: false })
const input = { title: 'Wave', description: '', tags: [], severity: 2, tlp: 'amber', pap: 'amber' } as const

it.each([
  ['New', 'New', [status('Waiting', 'New'), status('New', 'New')]],
  ['Open', 'InProgress', [status('FalsePositive', 'Closed'), status('Open', 'InProgress')]],
  ['New', 'New', []],
])('opens as %s, stage %s, where the server has these statuses', (value, stage, statuses) => {
  const at = { ...facts, statuses }
  const none = { template: undefined }
  const opened = { status: value, stage }
  expect(predictCase(anAlert(), { choices: {}, ...none }, at)).toMatchObject(opened)
  expect(predictNewCase({ ...input, tags: [] }, none, at)).toMatchObject(opened)
})

it.each<[CaseFacts['flavour'], string | undefined, string, string]>([
  ['thehive5', '[PHISH] ', '[PHISH] Wave', '[PHISH] Wave'],
  ['thehive5', undefined, 'Wave', 'Wave'],
  ['thehive5', '', 'Wave', 'Wave'],
  ['thehive4', '[PHISH]', '[PHISH]Wave', '[PHISH] Wave'],
  ['thehive4', undefined, 'Wave', 'Wave'],
  ['thehive3', '[PHISH]', '[PHISH] Wave', '[PHISH] Wave'],
  ['thehive3', undefined, ' Wave', ' Wave'],
])('%s puts the prefix %j before a title: %j promoted, %j opened', (flavour, prefix, promoted, opened) => {
  const at = { ...facts, flavour }
  const chosen = { template: { ...template, ...(prefix !== undefined && { titlePrefix: prefix }) } }
  expect(predictCase(anAlert({ title: 'Wave' }), { choices: {}, ...chosen }, at).title).toBe(promoted)
  expect(predictNewCase({ ...input, tags: [] }, chosen, at).title).toBe(opened)
})
