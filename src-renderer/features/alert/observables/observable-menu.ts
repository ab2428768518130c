import type { Observable } from '#shared/model/observable.ts'
import type { App } from '../../../state/app.ts'
import { knows, mayAll } from '../../../state/permissions.ts'
import { saveFile } from '../../../state/save-file.ts'
import type { MenuItem } from '../../../ui/menu-item.ts'
import { saveItems } from '../../../ui/save-items.ts'
import { plural } from '../../../ui/format/quantity.ts'
import { observableName } from './observable-name.ts'

const namesShown = 5

/** What may be done to one observable, as its menu offers it. */
export function observableMenu(
  app: App,
  alertId: string,
  one: Observable,
  onedit: (one: Observable) => void,
): MenuItem[] {
  const changing = mayAll(app, 'manageObservable', 'changeObservable')
  const saving = one.pending ? 'Not on the server yet' : mayAll(app, 'downloadObservable')
  const file = one.attachment !== undefined
  return [
    ...(knows(app, 'changeObservable')
      ? [{ id: 'edit', label: 'Edit…', allowed: changing, run: () => onedit(one) }]
      : []),
    ...(file && knows(app, 'downloadObservable')
      ? saveItems(
          saving,
          (as) =>
            void saveFile(app, observableName(one), () =>
              app.api.call('observables.save', { id: alertId, observableId: one.id, as }),
            ),
        )
      : []),
    {
      id: 'delete',
      label: 'Delete…',
      danger: true,
      allowed: mayAll(app, 'manageObservable'),
      run: () => askDelete(app, alertId, [one]),
    },
  ]
}

/** Names what goes and asks; no key does it by itself. */
export function askDelete(app: App, alertId: string, observables: readonly Observable[]): void {
  const what = plural(observables.length, 'observable')
  app.dialogs.confirm({
    title: `Delete ${what}?`,
    names: observables.slice(0, namesShown).map(observableName),
    more: Math.max(0, observables.length - namesShown),
    verb: `Delete ${what}`,
    run: () =>
      app.decisions.remove(alertId, `Deleted ${what}`, () =>
        app.api.call('triage.deleteObservables', {
          id: alertId,
          observableIds: observables.map((one) => one.id),
        }),
      ),
  })
}
