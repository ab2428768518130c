import type { Operation } from '#shared/model/operation.ts'
import type { Account } from './account.ts'

/** Only the analyst moves them on. */
export const attention = new Set(['conflict', 'rejected', 'cannot-tell'])

/** What was on its way in a request, and what was to go before each. */
export type Leaving = { operation: Operation; early: Operation[] }[]

/** What the analyst moves before something that is on its way comes too late for it. */
export const leaving = (account: Account): Leaving =>
  account
    .pending()
    .filter(({ state }) => state === 'sending')
    .map((operation) => {
      const waited = account.entries.get(operation.id)?.waited
      const early = waitedFor(account, operation).filter(({ id }) => waited?.has(id) ?? true)
      return { operation, early }
    })

/** It waits behind what only the analyst moves on, or behind what does: what comes later may go past it. */
function isStuck(operation: Operation, pending: readonly Operation[], account: Account): boolean {
  const on = account.resolve(operation.alertId)
  const before = pending.slice(0, pending.indexOf(operation))
  const isInTheWay = (other: Operation): boolean =>
    attention.has(other.state) || isBuiltOnStuck(other, pending, account)
  return (
    before.some((other) => account.resolve(other.alertId) === on && isInTheWay(other)) ||
    isBuiltOnStuck(operation, pending, account)
  )
}

const isBuiltOnStuck = ({ dependsOn }: Operation, pending: readonly Operation[], account: Account): boolean =>
  pending
    .filter(({ id }) => dependsOn.includes(id))
    .some((other) => attention.has(other.state) || isStuck(other, pending, account))

/** The case that it links its alert with, or takes it out of. */
const linkedBy = ({ kind, payload }: Operation): string | undefined =>
  kind === 'alert.merge' || kind === 'alert.import' || kind === 'alert.unlink' ? payload.caseId : undefined

/** One changes a case, the other links an alert with it. */
function meetInCase(one: Operation, other: Operation, { resolve }: Account): boolean {
  const isLinkOf = (link: Operation, change: Operation): boolean => {
    const caseId = linkedBy(link)
    return (
      caseId !== undefined && change.kind === 'case.update' && resolve(caseId) === resolve(change.alertId)
    )
  }
  return isLinkOf(one, other) || isLinkOf(other, one)
}

/** What had to go before: decided earlier about the same alert or case, or built on, and neither gone nor before the analyst. */
export function waitedFor(account: Account, operation: Operation): Operation[] {
  const pending = account.pending()
  const on = account.resolve(operation.alertId)
  const before = pending
    .slice(
      0,
      pending.findIndex(({ id }) => id === operation.id),
    )
    .filter((other) => account.resolve(other.alertId) === on || meetInCase(other, operation, account))
    .filter((other) => !attention.has(other.state))
    .filter((other) => other.state !== 'sending' && !isStuck(other, pending, account))
  return [...before, ...pending.filter(({ id }) => operation.dependsOn.includes(id))]
}
