/** Freezes an object and all it holds. Functions are frozen too: a page must not hang its own members on them. */
export function deepFreeze<T extends object>(value: T): T {
  for (const key of Reflect.ownKeys(value)) {
    const item: unknown = Reflect.get(value, key)
    const holds = (typeof item === 'object' && item !== null) || typeof item === 'function'
    if (holds && !Object.isFrozen(item)) deepFreeze(item)
  }
  return Object.freeze(value)
}
