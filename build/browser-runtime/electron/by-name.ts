/** Thrown at the first touch of anything Electron has and this runtime does not. */
function absent(name: string): Error {
  return new Error(`Forager's browser runtime has no electron.${name}`)
}

/** Wraps an implemented part: what it lacks throws by name instead of being quietly undefined. */
export function only<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get: (object, key, receiver) => {
      // `then` is asked of everything that is awaited; symbols are the language's own questions.
      if (key in object || typeof key === 'symbol' || key === 'then' || key === 'toJSON')
        return Reflect.get(object, key, receiver) as unknown
      throw absent(`${name}.${key}`)
    },
  })
}

/** Stands where a whole part of Electron is not implemented. It can be imported, and nothing else. */
export function missing(name: string): object {
  const refuse = (key?: string | symbol): never => {
    throw absent(key === undefined ? name : `${name}.${String(key)}`)
  }
  return new Proxy(function () {}, {
    get: (_target, key) => refuse(key),
    set: (_target, key) => refuse(key),
    has: (_target, key) => refuse(key),
    apply: () => refuse(),
    construct: () => refuse(),
  })
}
