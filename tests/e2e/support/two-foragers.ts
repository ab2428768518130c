import { test } from './app-fixture.ts'
import { openForager } from './forager-app.ts'
import type { ForagerApp } from './forager-app.ts'
import { startHiveProcess } from './hive-process.ts'
import type { HiveProcess } from './hive-process.ts'

/** What stands beside the fixture's own Forager in each test of a file. */
export type Beside = {
  hive: HiveProcess
  /** A second Forager, on data of its own. */
  other: ForagerApp
}

/** A stand-in with so many alerts and a second Forager, new for each test of the file that asks. */
export function besideAnother(alerts: number): Beside {
  const beside = {} as Beside
  test.beforeEach(async ({ browser }) => {
    beside.hive = await startHiveProcess(alerts)
    beside.other = await openForager(browser)
  })
  test.afterEach(async () => {
    await beside.other.dispose()
    await beside.hive.stop()
  })
  return beside
}
