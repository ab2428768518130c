import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

const longestToastMs = 20_000
const small = { width: 1280, height: 800 }
const large = { width: 1920, height: 1080 }

type Variant = { suffix: string; scheme: 'light' | 'dark'; size: typeof small }
const plain: Variant = { suffix: '', scheme: 'light', size: small }
const variants: readonly Variant[] = [
  { suffix: '-dark', scheme: 'dark', size: small },
  { suffix: '-1920', scheme: 'light', size: large },
  { suffix: '-dark-1920', scheme: 'dark', size: large },
]

/** A walk through the app: each step is a line, and pictures are left on the way. */
export interface Tour {
  step<T>(sentence: string, work: () => Promise<T>): Promise<T>
  /** `NN-name.png`, light at 1280×800. */
  picture(page: Page, name: string): Promise<void>
  /** The same without passing messages, and dark, and both at 1920×1080. */
  pictures(page: Page, name: string): Promise<void>
  /** Where a picture lies, by its name without the number. */
  fileOf(name: string): string
  readonly steps: number
  readonly taken: number
}

/** Pictures go into `folder`, which is emptied first. */
export function startTour(folder: string, say: (line: string) => void): Tour {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = new Map<string, string>()
  let steps = 0
  let taken = 0

  const take = async (page: Page, name: string, wanted: readonly Variant[]) => {
    const number = String(files.size + 1).padStart(2, '0')
    files.set(name, join(folder, `${number}-${name}.png`))
    for (const { suffix, scheme, size } of wanted) {
      await show(page, { scheme, size })
      await page.screenshot({ path: join(folder, `${number}-${name}${suffix}.png`), animations: 'disabled' })
      taken += 1
    }
    if (wanted.length > 1) await show(page, plain)
  }

  return {
    step: (sentence, work) => {
      steps += 1
      say(`${String(steps).padStart(3)}  ${sentence}`)
      return work()
    },
    picture: (page, name) => take(page, name, [plain]),
    pictures: async (page, name) => {
      await expect(page.locator('[data-sonner-toast]')).toHaveCount(0, { timeout: longestToastMs })
      await take(page, name, [plain, ...variants])
    },
    fileOf: (name) => {
      const file = files.get(name)
      if (file === undefined) throw new Error(`The tour has no picture called ${name}`)
      return file
    },
    get steps() {
      return steps
    },
    get taken() {
      return taken
    },
  }
}

/** Ready when the theme has followed and every row in view has been read. */
async function show(page: Page, { scheme, size }: Omit<Variant, 'suffix'>): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.setViewportSize(size)
  await expect(page.locator('html')).toHaveAttribute('data-theme', scheme)
  await expect(page.getByRole('option', { name: 'Reading…' })).toHaveCount(0)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}
