import { expect, it } from 'vitest'
import { predictCase, predictTasks } from '#main/domain/predict-case.ts'
import { anAlert } from '#tests/support/make.ts'

const field = (name: string, value: string) => ({ name, type: 'string', value })
const template = {
  ...{ name: 'phishing', displayName: 'Phishing', tags: [], taskTitles: ['Find recipients'] },
  customFields: [field('unit', 'by template'), field('owner', 'by template')],
}

it('takes each custom field from the choice, else the alert, else the template', () => {
  const alert = anAlert({ customFields: [field('unit', 'by alert'), field('score', 'by alert')] })
  const choices = { customFields: [field('score', 'by choice')] }
  const { customFields } = predictCase(alert, { choices, template }, { id: 'local:c', now: 1, login: 'ana' })
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
