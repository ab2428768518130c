import { registerHooks } from 'node:module'

const url = 'forager-electron:module'
const slot = Symbol.for('forager.browser-runtime.electron')

/** From now on `electron` is this object to every module loaded in this thread. Worker threads never import it. */
export function resolveElectronTo(module: Record<string, unknown>): void {
  Object.defineProperty(globalThis, slot, { value: module })
  const names = Object.keys(module)
  const source = [
    `const electron = globalThis[Symbol.for(${JSON.stringify(slot.description)})]`,
    ...names.map((name) => `export const ${name} = electron.${name}`),
    'export default electron',
  ].join('\n')
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (address, context, next) =>
      address === url ? { format: 'module', source, shortCircuit: true } : next(address, context),
  })
}
