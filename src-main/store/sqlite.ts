import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'

const load = createRequire(import.meta.url)

/**
 * SQLite as it was built for this system, asked for by name. Left to itself the package reads a process report on Linux, to tell one C
 * library from another, and there are Electron processes that this ends. Electron knows one C library only.
 */
export const Sqlite = load(`better-sqlite3/${process.platform}-${process.arch}`) as typeof Database
