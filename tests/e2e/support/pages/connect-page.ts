import type { Locator, Page } from '@playwright/test'

/** The first screen by its accessible names. */
export function connectPage(page: Page) {
  const form = page.getByRole('form', { name: 'Connect to TheHive' })
  return {
    choice: (name: 'Connect to TheHive' | 'Open a local workspace' | 'Explore with sample data'): Locator =>
      page.getByRole('button', { name }),
    known: (name: string): Locator => page.getByRole('button', { name: `Open ${name}` }),
    form,
    url: form.getByLabel('Server address'),
    apiKey: form.getByLabel('API key'),
    organisation: form.getByLabel('Organisation (optional)'),
    test: form.getByRole('button', { name: 'Test connection' }),
    connect: form.getByRole('button', { name: 'Connect', exact: true }),
    problem: page.getByRole('alert'),
    vault: page.getByRole('region', { name: 'Where secrets are kept' }),
  }
}
