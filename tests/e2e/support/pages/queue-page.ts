import type { Locator, Page } from '@playwright/test'

export type QueuePage = ReturnType<typeof queuePage>

/** The queue by its accessible names. */
export function queuePage(page: Page) {
  const list = page.getByRole('listbox', { name: 'Alerts' })
  return {
    list,
    rows: list.getByRole('option'),
    row: (title: string): Locator => list.getByRole('option', { name: title, exact: true }),
    query: page.getByRole('textbox', { name: 'Filter the queue' }),
    view: (name: string): Locator => page.getByRole('button', { name, exact: true }),
    status: page.getByRole('contentinfo', { name: 'Status' }),
    newPill: page.getByRole('button', { name: /^[\d,]+ new/ }),
    selection: page.getByRole('toolbar', { name: 'Selected alerts' }),
    dialog: (name: string | RegExp): Locator => page.getByRole('dialog', { name }),
    toast: (text: string | RegExp): Locator => page.getByRole('listitem').filter({ hasText: text }),
    /** The title under the cursor, as assistive technology hears it. */
    current: async (): Promise<string | null> => {
      const id = await list.getAttribute('aria-activedescendant')
      return id === null ? null : page.locator(`#${id}`).getAttribute('aria-label')
    },
  }
}
