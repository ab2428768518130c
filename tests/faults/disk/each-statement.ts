import Database from 'better-sqlite3'

/**
 * Calls `before` ahead of every statement and setting that any connection of this process runs, also within a text of many. Answers what
 * ends that.
 */
export function eachStatement(before: (sql: string) => void): () => void {
  const { exec, pragma } = Database.prototype
  Database.prototype.exec = function (this: Database.Database, sql) {
    for (const statement of statementsOf(sql)) {
      before(statement)
      exec.call(this, statement)
    }
    return this
  }
  Database.prototype.pragma = function (this: Database.Database, source, options) {
    before(source)
    return pragma.call(this, source, options)
  }
  return () => Object.assign(Database.prototype, { exec, pragma })
}

/** Migrations end each statement with a semicolon at the end of a line, and hold none there otherwise. */
function statementsOf(sql: string): string[] {
  return sql
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
