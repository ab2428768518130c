import { readOptions, usage } from './options.ts'
import { startStandIn, type StandInOptions } from './stand-in.ts'

/** Prints one line of JSON when ready: where it listens and with which keys it can be used. */
async function run(options: StandInOptions): Promise<void> {
  const hive = await startStandIn(options)
  const keys = Object.fromEntries(hive.state.users.map(({ login, apiKey }) => [login, apiKey]))
  const { flavour, version } = hive.server
  const ready = {
    ready: true,
    flavour,
    version,
    url: hive.url,
    control: hive.controlUrl,
    alerts: options.alerts,
    keys,
  }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  if (hive.validationAbsent) process.stderr.write(`${hive.validationAbsent}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void hive.stop().then(() => process.exit(0)))
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') process.stdout.write(usage)
  else await run(options)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
