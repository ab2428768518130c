import type { Case, Page } from '../state/types.ts'
import { dropUndefined, noteUpdate } from './alerts.ts'
import { audit } from './audits.ts'
import { requirePermission, type Context } from './context.ts'
import type { PageDraft } from './drafts.ts'

/** Does not stamp the case. */
export function addPage(context: Context, parent: Case, draft: PageDraft): Page {
  const { title, content, category, order = parent.pages.length } = draft
  const stamps = context.state.stamps(context.actor.user.login)
  const page: Page = { ...stamps, kind: 'page', parent, title, content, category, order }
  parent.pages.push(context.state.keep(page))
  audit(context, 'create', page, { details: { title } })
  context.effect(`page ${parent.id} ${title}`)
  return page
}

export function createPage(context: Context, parent: Case, draft: PageDraft): Page {
  requirePermission(context, 'managePage')
  return addPage(context, parent, draft)
}

export function updatePage(context: Context, page: Page, patch: Partial<PageDraft>): void {
  requirePermission(context, 'managePage')
  Object.assign(page, dropUndefined(patch))
  page.updatedAt = context.state.clock.now()
  page.updatedBy = context.actor.user.login
  page.revision++
  audit(context, 'update', page, { details: dropUndefined(patch) })
  noteUpdate(context, page.id, patch)
}

export function deletePage(context: Context, page: Page): void {
  requirePermission(context, 'managePage')
  audit(context, 'delete', page, { details: { title: page.title } })
  page.parent.pages.splice(page.parent.pages.indexOf(page), 1)
  context.state.forget(page)
  context.effect(`delete page ${page.id}`)
}
