import { settingsSchema } from '#shared/model/settings.ts'
import type { Settings, SettingsChange } from '#shared/model/settings.ts'
import type { OutboxStore } from '../store/ports.ts'

/** Under this name the outbox keeps them: they belong to the profile and outlive its cache. */
const fact = 'settings'

type Facts = Pick<OutboxStore, 'fact' | 'saveFact'>

/** What is set. A setting that cannot be read (a newer Forager wrote it) has its default until it is set again. */
export function readSettings(facts: Facts): Settings {
  const stored = facts.fact(fact)
  if (stored === undefined) return settingsSchema.parse({})
  const known = settingsSchema.safeParse(JSON.parse(stored))
  return known.success ? known.data : readable(JSON.parse(stored) as object)
}

function readable(stored: object): Settings {
  const fields = Object.entries(settingsSchema.shape)
  const kept = Object.entries(stored).filter(
    ([name, value]) => fields.find(([field]) => field === name)?.[1].safeParse(value).success,
  )
  return settingsSchema.parse(Object.fromEntries(kept))
}

/** Durable when it returns. */
export function saveSettings(change: SettingsChange, facts: Facts): Settings {
  const settings = settingsSchema.parse({ ...readSettings(facts), ...change })
  facts.saveFact(fact, JSON.stringify(settings))
  return settings
}
