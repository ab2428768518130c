import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

/**
 * One script: the stand-in for what a preload may `require('electron')`, then the built preload itself, both inside one
 * function, so that the page sees what the preload exposes and nothing else.
 */
export function bridgeScript(preload: string): string {
  const source = readFileSync(join(import.meta.dirname, '../page/electron-shim.ts'), 'utf8')
  const shim = stripTypeScriptTypes(source).replace(/^export function/m, 'function')
  return `(() => {
'use strict'
${shim}
const electron = createElectronShim()
const require = (name) => {
  if (name === 'electron') return electron
  throw new Error('The preload asked for ' + name)
}
const module = { exports: {} }
;((require, module, exports) => {
${readFileSync(preload, 'utf8')}
})(require, module, module.exports)
})()
`
}
