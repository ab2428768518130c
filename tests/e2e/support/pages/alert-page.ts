import type { Locator, Page } from '@playwright/test'

/** The alert beside the queue by its accessible names. */
export function alertPage(page: Page) {
  const pane = page.getByRole('complementary', { name: 'Alert' })
  return {
    pane,
    title: pane.getByRole('heading', { level: 2 }),
    action: (name: string): Locator =>
      pane.getByRole('toolbar', { name: 'Alert actions' }).getByRole('button', { name }),
    tab: (name: 'Description' | 'Observables' | 'Fields' | 'Comments' | 'Activity'): Locator =>
      pane.getByRole('tab', { name }),
    observables: pane.getByRole('list', { name: 'Observables' }).getByRole('listitem'),
    note: pane.getByRole('textbox', { name: 'Write a note' }),
    waiting: pane.getByRole('list', { name: 'Waiting decisions' }).getByRole('listitem'),
    /** Where files and text are dropped. */
    zone: page.getByRole('region', { name: /^Alert details/ }),
  }
}
