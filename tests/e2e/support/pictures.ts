import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** Pictures of a screen as it stands, light and dark, in two sizes, when PICTURES names a folder; nothing otherwise. */
export function picturesOf(info: TestInfo): (page: Page, name: string) => Promise<void> {
  const folder = process.env['PICTURES']
  return async (page, name) => {
    if (folder === undefined) return
    const before = page.viewportSize()
    for (const colorScheme of ['light', 'dark'] as const)
      for (const size of sizes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize(size)
        const file = `${info.titlePath[0]?.replace(/\W+/g, '-')}-${name}-${colorScheme}-${size.width}.png`
        await page.screenshot({ path: join(folder, file) })
      }
    await page.emulateMedia({ colorScheme: null })
    if (before !== null) await page.setViewportSize(before)
  }
}
