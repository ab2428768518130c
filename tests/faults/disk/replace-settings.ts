import type Database from 'better-sqlite3'
import { Sqlite } from '#main/store/sqlite.ts'

/** `NAME=VALUE` replaces what the product asks of SQLite in this process, so that a proof can be shown to fail or a rare moment come often. */
export function replaceSettings(settings: readonly string[]): void {
  const replaced = new Map(settings.map((setting) => setting.split('=') as [string, string]))
  const { pragma } = Sqlite.prototype
  Sqlite.prototype.pragma = function (this: Database.Database, source, options) {
    const name = /^(\w+) = /.exec(source)?.[1] ?? ''
    const value = replaced.get(name)
    return pragma.call(this, value === undefined ? source : `${name} = ${value}`, options)
  }
}
