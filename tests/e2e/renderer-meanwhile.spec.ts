import type { Locator, Page } from '@playwright/test'
import { expect, harness, lastCall, openFirst, press, test } from './support/harness-fixture.ts'
import { casePage } from './support/pages/case-page.ts'
import { queuePage } from './support/pages/queue-page.ts'

type Asked = { change: Record<string, unknown>; before: Record<string, Record<string, unknown>> }

/** A colleague changes all that is edited here, and it is pulled; `shown` tells that. */
async function colleagueWorks(page: Page, shown: Locator): Promise<void> {
  await harness(page, ({ state, arrive }) => {
    const [row] = state.rows
    if (!row) return
    const theirs = { title: 'by Ben', severity: 1, tlp: 'green', assignee: 'ben', status: 'Pending' } as const
    state.rows = state.rows.map((one) => (one.id === row.id ? { ...one, ...theirs } : one))
    const customFields = [{ name: 'ticket', type: 'string', value: 'by Ben', order: 0 }]
    state.patches.push({
      ...{ groupId: 'ben', id: row.id },
      patch: (detail) => ({
        ...detail,
        alert: { ...detail.alert, ...theirs, description: 'by Ben', externalLink: 'by Ben', customFields },
        comments: detail.comments.map((one) => ({ ...one, message: 'by Ben' })),
        procedures: detail.procedures.map((one) => ({ ...one, description: 'by Ben' })),
        observables: detail.observables.map((one) => ({ ...one, message: 'by Ben' })),
      }),
    })
    arrive(0)
  })
  await expect(shown).toBeVisible()
}

test('what was written in an alert goes with what was there when the writing began', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  const lowNow = () => colleagueWorks(page, alert.pane.getByText('Low'))
  const id = await harness(page, ({ state }) => state.rows[0]?.id ?? '')
  const asked = async () => (await lastCall<Asked>(page, 'triage.update')) ?? { change: {}, before: {} }

  await alert.pane.getByRole('button', { name: 'Edit description' }).click()
  const description = alert.pane.getByRole('textbox', { name: 'Description' })
  const wasDescribed = await description.inputValue()
  await description.fill('mine')
  const wasTitled = await alert.title.innerText()
  await alert.pane.getByRole('button', { name: 'Edit the title' }).click()
  await alert.pane.getByRole('textbox', { name: 'Title' }).fill('mine')
  await lowNow()
  await alert.pane.getByRole('button', { name: 'Save description' }).click()
  await expect(description).toBeHidden()
  expect(await asked()).toMatchObject({
    change: { description: 'mine' },
    before: { [id]: { description: wasDescribed } },
  })
  const title = alert.pane.getByRole('textbox', { name: 'Title' })
  await title.press('Enter')
  await expect(title).toBeHidden()
  expect(await asked()).toMatchObject({ change: { title: 'mine' }, before: { [id]: { title: wasTitled } } })
})

test('so do its link and its fields, a note, a TTP and an observable', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  const dialog = page.getByRole('dialog')
  const asked = (name: string) => lastCall<Asked>(page, name)

  await alert.tab('Fields').click()
  await alert.pane.getByRole('button', { name: 'Edit the link' }).click()
  const link = alert.pane.getByRole('textbox', { name: 'Link' })
  const wasLinked = await link.inputValue()
  await link.fill('https://mine.example')
  await alert.pane.getByRole('button', { name: 'Edit fields' }).click()
  await page.getByRole('textbox', { name: 'Hosts affected' }).fill('77')
  await alert.tab('Comments').click()
  const note = alert.comments.first()
  await note.getByRole('button', { name: 'Edit this note' }).click()
  const wasNoted = await note.getByRole('textbox').inputValue()
  await note.getByRole('textbox').fill('mine')
  await alert.tab('TTPs').click()
  await alert.procedures.first().getByRole('button', { name: /^Edit/ }).click()
  const described = dialog.getByRole('textbox', { name: /Description/ })
  const wasProcedure = await described.inputValue()
  await described.fill('mine')
  await colleagueWorks(page, alert.pane.getByText('Low'))

  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  expect(await asked('triage.editProcedure')).toMatchObject({ before: { description: wasProcedure || null } })
  expect((await asked('triage.editProcedure'))?.change).toEqual({ description: 'mine' })
  await alert.tab('Comments').click()
  await alert.comments.first().getByRole('button', { name: 'Save note' }).click()
  await expect(alert.comments.first()).toContainText('mine')
  expect(await asked('triage.editComment')).toMatchObject({ message: 'mine', before: { message: wasNoted } })
  await alert.tab('Fields').click()
  await alert.pane.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(link).toBeHidden()
  const [linked] = Object.values((await asked('triage.update'))?.before ?? {})
  expect(linked).toEqual({ externalLink: wasLinked })
  await alert.pane.getByRole('button', { name: 'Save fields' }).click()
  await expect(alert.fields.getByRole('form')).toBeHidden()
  const [fields] = Object.values((await asked('triage.update'))?.before ?? {})
  expect(JSON.stringify(fields)).toContain('hosts-affected')
  expect(JSON.stringify(fields)).not.toContain('by Ben')
})

test('what dialogs change goes with what was there when they were opened', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await press(page, 'j', 'k')
  const [id, was] = await harness(page, ({ state }) => [state.rows[0]?.id ?? '', state.rows[0]] as const)
  const { severity, tlp, status, assignee = null } = was ?? {}
  const before = { [id]: { severity, tlp, status, assignee } }
  await page.keyboard.press('Shift+A')
  await queue.dialog('Assign 1 alert').waitFor()
  await colleagueWorks(page, queue.row('by Ben'))
  await queue.dialog('Assign 1 alert').getByRole('option').first().click()
  await expect(queue.dialog('Assign 1 alert')).toBeHidden()
  expect(await lastCall(page, 'triage.update')).toMatchObject({ before })
})

test('a case is edited and closed from what it was when its dialog was opened', async ({ open }) => {
  const page = await open('plain')
  const cases = casePage(page)
  await press(page, 'g', 'c')
  await cases.list.nth(4).click()
  await cases.action('Edit').click()
  const edit = page.getByRole('dialog', { name: /^Edit case/ })
  const wasDescribed = await edit.getByLabel('Description').inputValue()
  await edit.getByLabel('Description').fill('mine')
  await edit.getByRole('button', { name: 'Save case' }).click()
  await expect(edit).toBeHidden()
  const { change, before } = (await lastCall<Asked>(page, 'cases.update')) ?? { change: {}, before: {} }
  expect(change).toEqual({ description: 'mine' })
  expect(Object.values(before)).toEqual([{ description: wasDescribed }])
  await cases.action('Close').click()
  const close = page.getByRole('dialog', { name: /^Close case/ })
  await close.getByLabel('Root cause (mandatory)').fill('A rule')
  await close.getByRole('option', { name: 'TruePositive' }).click()
  await expect(close).toBeHidden()
  const [closed] = Object.values((await lastCall<Asked>(page, 'cases.update'))?.before ?? {})
  expect(closed).toMatchObject({ customFields: [{ value: 'Finance' }, { value: null }] })
  expect(closed?.['status']).not.toBe('TruePositive')
})
