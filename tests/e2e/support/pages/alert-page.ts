import type { Locator, Page } from '@playwright/test'

export const alertTabs = [
  'Description',
  'Observables',
  'Fields',
  'TTPs',
  'Comments',
  'Attachments',
  'Similar',
  'Activity',
] as const
export type AlertTab = (typeof alertTabs)[number]

/** The alert beside the queue by its accessible names. */
export function alertPage(page: Page) {
  const pane = page.getByRole('complementary', { name: 'Alert' })
  return {
    pane,
    title: pane.getByRole('heading', { level: 2 }),
    action: (name: string): Locator =>
      pane.getByRole('toolbar', { name: 'Alert actions' }).getByRole('button', { name }),
    tab: (name: AlertTab): Locator => pane.getByRole('tab', { name }),
    /** A line of the menu beside the toolbar; opens the menu. */
    more: async (name: string): Promise<Locator> => {
      await pane.getByRole('button', { name: 'More actions' }).click()
      return page.getByRole('menuitem', { name })
    },
    fields: pane.getByRole('region', { name: 'Custom fields' }),
    procedures: pane.getByRole('list', { name: 'TTPs' }).getByRole('listitem'),
    comments: pane.getByRole('article'),
    attachments: pane.getByRole('list', { name: 'Attachments' }).getByRole('listitem'),
    observables: pane.getByRole('list', { name: 'Observables' }).getByRole('listitem'),
    note: pane.getByRole('textbox', { name: 'Write a note' }),
    waiting: pane.getByRole('list', { name: 'Waiting decisions' }).getByRole('listitem'),
    /** Where files and text are dropped. */
    zone: page.getByRole('region', { name: /^Alert details/ }),
  }
}
