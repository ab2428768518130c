import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export type AppManifest = { name: string; version: string; main: string }

export type RuntimeOptions = {
  /** The folder with package.json and the built out/. */
  app: string
  userData: string | undefined
  headless: boolean
  /** 0: any free one. */
  port: number
  /** Print the machine-readable ready line. */
  printAddress: boolean
}

const usage = 'Options: --user-data DIR  --headless  --port N  --print-address  --app DIR'

/** Reads the command line; `FORAGER_USER_DATA` stands in for --user-data. Throws with the usage when it is wrong. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): RuntimeOptions {
  const values = parse(args)
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be 0 to 65535. ${usage}`)
  const userData = values['user-data'] ?? (env['FORAGER_USER_DATA'] || undefined)
  const display = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  return {
    app: resolve(values.app ?? join(import.meta.dirname, '../..')),
    userData: userData === undefined ? undefined : resolve(userData),
    headless: values.headless === true || !display,
    port,
    printAddress: values['print-address'] === true,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'user-data': { type: 'string' },
        headless: { type: 'boolean' },
        port: { type: 'string' },
        'print-address': { type: 'boolean' },
        app: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}. ${usage}`, { cause: error })
  }
}

export function readManifest(root: string): AppManifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as AppManifest
}
