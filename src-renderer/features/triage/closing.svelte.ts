import type { AlertChange } from '#shared/model/alert.ts'
import type { Alert } from '#shared/model/alert.ts'
import { seenOf } from '#shared/model/seen-values.ts'
import type { SeenValues } from '#shared/model/seen-values.ts'
import type { CustomFieldDefinition } from '#shared/model/catalog.ts'
import type { App } from '../../state/app.ts'
import {
  areFilled,
  blankDrafts,
  emptyMandatory,
  withFilled,
  withTyped,
} from '../../ui/custom-fields/field-draft.ts'
import type { FieldDraft } from '../../ui/custom-fields/field-draft.ts'

/** Beyond this many the server itself is the one that looks, alert by alert. */
const checkedAtMost = 200

/** Mandatory fields that stand empty in the alerts about to be closed, filled in at one place for all of them. */
export class Closing {
  /** One draft a field, whichever of the alerts it is missing in. */
  drafts = $state.raw<readonly FieldDraft[]>([])
  definitions = $state.raw<readonly CustomFieldDefinition[]>([])
  /** True once the analyst tried to go on without them. */
  asked = $state(false)
  readonly complete: boolean = $derived(areFilled(this.drafts))
  #alerts: readonly Alert[] = []
  #app: App

  constructor(app: App) {
    this.#app = app
  }

  /** Looks at the alerts; asks nothing when no field is mandatory here. `typed`: what was filled in before. */
  async look(ids: readonly string[], typed: readonly FieldDraft[]): Promise<void> {
    const { customFields } = this.#app.profile.catalog
    if (!customFields.some((one) => one.mandatory) || ids.length > checkedAtMost) return
    const details = await Promise.all(ids.map((id) => this.#app.api.call('alerts.get', { id })))
    this.#alerts = details.map((one) => one.alert).filter((one) => this.#missing(one).length > 0)
    const missing = new Set(this.#alerts.flatMap((one) => this.#missing(one)))
    this.definitions = customFields.filter((one) => missing.has(one))
    this.drafts = withTyped(blankDrafts(this.definitions), typed)
  }

  /** What was filled in is empty again. */
  clear(): void {
    this.drafts = blankDrafts(this.definitions)
  }

  /** What each alert that lacks a field has to be changed by, beside `change`: its full set of fields; and which it had when it was looked at. */
  changesWith(change: AlertChange): { id: string; change: AlertChange; before: SeenValues }[] {
    return this.#alerts.map((alert) => {
      const customFields = withFilled(alert.customFields, this.#missing(alert), this.drafts)
      return { id: alert.id, change: { ...change, customFields }, before: seenOf(alert, { customFields }) }
    })
  }

  #missing(alert: Alert): CustomFieldDefinition[] {
    return emptyMandatory(alert.customFields, this.#app.profile.catalog.customFields)
  }
}
