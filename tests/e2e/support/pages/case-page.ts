import type { Locator, Page } from '@playwright/test'

/** The cases and the one beside them by their accessible names. */
export function casePage(page: Page) {
  const pane = page.getByRole('complementary', { name: 'Case' })
  return {
    list: page.getByRole('listbox', { name: 'Cases' }).getByRole('option'),
    create: page.getByRole('region', { name: 'Cases' }).getByRole('button', { name: 'New case' }),
    pane,
    title: pane.getByRole('heading', { level: 2 }),
    action: (name: string): Locator =>
      pane.getByRole('toolbar', { name: 'Case actions' }).getByRole('button', { name, exact: false }),
    tasks: pane.getByRole('region', { name: 'Tasks' }).getByRole('listitem'),
    waiting: pane.getByRole('list', { name: 'Waiting decisions' }).getByRole('listitem'),
  }
}
