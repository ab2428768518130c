import type { Locator, Page } from '@playwright/test'

/** The outbox by its accessible names. */
export function outboxPage(page: Page) {
  const screen = page.getByRole('region', { name: 'Outbox' })
  return {
    screen,
    part: (name: 'Needs you' | 'Waiting to be sent' | 'Sent'): Locator =>
      screen.getByRole('region', { name, exact: true }),
    line: (sentence: string): Locator => screen.getByRole('listitem', { name: sentence }),
  }
}
