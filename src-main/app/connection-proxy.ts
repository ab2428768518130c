import type { Profile } from '#shared/model/session.ts'
import type { ProfileRegistry } from '../services/profile-registry.ts'
import { joinProxy, splitProxy } from '../thehive/proxy-address.ts'
import type { ProxyLogin } from '../thehive/proxy-address.ts'
import type { ProfileSecrets } from '../vault/profile-secrets.ts'

/** What the analyst typed, as a connection wants it: the login stands in the address or beside it. */
export function typedProxy(proxy: string | undefined, login: ProxyLogin | undefined): string | undefined {
  if (proxy === undefined) return undefined
  const typed = splitProxy(proxy)
  return joinProxy(typed.address, login ?? typed.login)
}

/** As it may be listed and shown. */
export const listedProxy = (proxy: string | undefined): { proxy?: string } =>
  proxy === undefined ? {} : { proxy: splitProxy(proxy).address }

/** In the keychain, as the API key; a proxy without a login leaves none of an earlier one behind. */
export async function keepProxy(
  secrets: Pick<ProfileSecrets, 'saveProxy' | 'deleteProxy'>,
  id: string,
  proxy: string | undefined,
): Promise<void> {
  if (proxy === undefined || splitProxy(proxy).login === undefined) await secrets.deleteProxy(id)
  else await secrets.saveProxy(id, proxy)
}

type Parts = {
  registry: Pick<ProfileRegistry, 'proxyInClear'>
  secrets: Pick<ProfileSecrets, 'proxy' | 'saveProxy'>
}

/**
 * The proxy of a connection with its login. One that an earlier Forager left in the list goes to the keychain first; `listed`
 * is what the list must go on to hold, which has no login in it once the keychain gives it back.
 */
export async function keptProxy(
  { registry, secrets }: Parts,
  { id, endpoint }: Profile,
): Promise<{ proxy?: string; listed?: string }> {
  const address = endpoint?.proxy
  if (address === undefined) return {}
  const inClear = registry.proxyInClear(id)
  if (inClear !== undefined) {
    const isKept = await secrets.saveProxy(id, inClear)
    return { proxy: inClear, listed: isKept ? address : inClear }
  }
  const kept = await secrets.proxy(id)
  const isOfThis = kept !== undefined && splitProxy(kept).address === address
  return { proxy: isOfThis ? kept : address, listed: address }
}
