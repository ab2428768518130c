import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'

test('an indicator is copied defanged, or as it is when asked, without any permission granted', async ({
  app,
}) => {
  const desk = deskOf(app.page)
  await app.page.getByRole('button', { name: 'Explore with sample data' }).click()
  await desk.openAlert(0)
  await desk.detail.getByRole('tab', { name: /Observables/ }).click()
  const filter = app.page.getByRole('textbox', { name: 'Filter the queue' })
  const copied = async (button: RegExp) => {
    await desk.detail.getByRole('button', { name: button }).first().click()
    await filter.fill('')
    await filter.press('Control+v')
    return filter.inputValue()
  }
  const asIs = await copied(/^Copy as it is: /)
  expect(asIs).toMatch(/^[^[\]]+\.[^[\]]+$/)
  expect(await copied(/^Copy [^a].*\[\.\]/)).toContain('[.]')
})
