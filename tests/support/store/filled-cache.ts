import type { CacheWriter } from '#main/store/ports.ts'
import type { Alert } from '#shared/model/alert.ts'
import { makeAlert, makeObservables } from '#tests/support/alerts/make-alert.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'

const pageSize = 1_000

/** Fills a cache as a first sync does: rows, observables, then indexes and text, merged. Answers the alerts. */
export function fillCache(writer: CacheWriter, count: number, seed = 1): Alert[] {
  const random = seededRandom(seed)
  const alerts: Alert[] = []
  writer.beginFill()
  while (alerts.length < count) {
    const from = alerts.length
    const size = Math.min(pageSize, count - from)
    const page = Array.from({ length: size }, (_, i) => makeAlert(random, from + i))
    writer.ingestAlerts(page, 1)
    writer.ingestObservables(
      page.flatMap((alert) =>
        makeObservables(random, alert).map((observable) => ({ alertId: alert.id, observable })),
      ),
    )
    alerts.push(...page)
  }
  while (!writer.finishFillStep().done);
  while (writer.tidyText());
  return alerts
}
