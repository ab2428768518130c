import { expect, lastCall, test } from './support/harness-fixture.ts'
import { queuePage } from './support/pages/queue-page.ts'

test('what the copy does not have is asked of the server, and its answer comes as rows', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await queue.query.fill('only-there')
  await page.getByText('No alert matches').waitFor()
  await page.getByRole('button', { name: 'Ask the server' }).click()
  await expect(queue.toast('1 alert on the server, 1 new here')).toContainText(
    'It cannot be asked for “only-there”',
  )
  await expect(queue.rows).toHaveCount(1)
  expect(await lastCall(page, 'queue.askServer')).toMatchObject({
    filter: { op: 'contains', field: 'text', value: 'only-there' },
    sort: { field: 'date', direction: 'desc' },
  })
})

test('it can be asked from the palette too, and says when it has nothing', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await queue.rows.first().waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ask the')
  await page.keyboard.press('Enter')
  await expect(queue.toast('The server showed no alert that fits')).toBeVisible()
})

test('a short list says beside a copy that is not whole that the server can be asked', async ({ open }) => {
  const page = await open('fill')
  const queue = queuePage(page)
  await queue.query.fill('#4999')
  await expect(page.getByText('The copy here is not whole yet.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ask the server' })).toBeEnabled()
})

test('offline it says so instead of asking', async ({ open }) => {
  const page = await open('offline')
  const queue = queuePage(page)
  await queue.query.fill('only-there')
  const button = page.getByRole('button', { name: 'Ask the server' })
  await expect(button).toBeDisabled()
  await expect(page.getByText('The server cannot be reached just now.')).toBeVisible()
})

test('a workspace of one’s own has no server to ask', async ({ open }) => {
  const page = await open('local')
  await queuePage(page).query.fill('only-there')
  await page.getByText('No alert matches').waitFor()
  await expect(page.getByRole('button', { name: 'Ask the server' })).toHaveCount(0)
})

test('the views that the server keeps are gone to like any other, and the others say why not', async ({
  open,
}) => {
  const page = await open('plain')
  const views = page.getByRole('region', { name: 'Views of the server' })
  await views.getByRole('button', { name: 'Night shift' }).click()
  await expect(queuePage(page).query).toHaveValue('severity>=high follow:yes')
  await expect(views.getByRole('button', { name: 'Night shift' })).toHaveAttribute('aria-current', 'page')
  await expect(views.getByText('By word')).toBeVisible()
  await expect(views.getByText('Forager has no “_match”.')).toBeVisible()
})
