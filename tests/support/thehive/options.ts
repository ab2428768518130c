import { parseArgs } from 'node:util'
import { defaultVersions, flavours, type Flavour } from './state/server-kind.ts'
import type { StandInOptions } from './stand-in.ts'

export const usage = `A stand-in TheHive on 127.0.0.1. Nothing is kept when it stops.

  npm run hive -- [options]

  --alerts N         start with N made-up alerts and some twenty cases (5000)
  --seed N           which ones: the same seed makes the same alerts (1)
  --now TIME         the moment the alerts' dates lead up to, as an ISO date or ms (the real now)
  --port N           the API's port, 0 for any (9000)
  --control-port N   the switches' port, 0 for any (0)
  --latency MS       added to every request (0)
  --jitter MS        up to this much more, at random (0)
  --flavour F        thehive3, thehive4 or thehive5 (thehive5)
  --version V        the version it claims (${Object.values(defaultVersions).join(', ')}); --thehive is the same
  --basic-auth       accept login and password too (TheHive 4 and 5 always do)
  --validate         check requests and replies against the API document (TheHive 5 only)
  --host H           only 127.0.0.1 and localhost are accepted
  --help             this text

API keys: ana-key (analyst), ben-key (analyst), rolf-key (read-only), boss-key (org-admin), admin-key (platform),
gil-key (analyst of another organisation). Basic passwords are the key followed by "-password".
`

/** The command line as options, or the text to show. Throws with a plain message on a wrong value. */
export function readOptions(args: readonly string[]): StandInOptions | 'help' {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        alerts: text,
        seed: text,
        now: text,
        port: text,
        'control-port': text,
        latency: text,
        jitter: text,
      },
      ...{
        flavour: text,
        version: text,
        thehive: text,
        host: text,
        validate: { type: 'boolean' },
        'basic-auth': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    },
  })
  if (values.help) return 'help'
  if (values.host !== undefined && !['127.0.0.1', 'localhost'].includes(values.host)) {
    throw new Error(`--host ${values.host}: the stand-in listens on 127.0.0.1 only`)
  }
  return {
    alerts: whole('alerts', values.alerts, 5000),
    seed: whole('seed', values.seed, 1),
    now: moment(values.now),
    port: whole('port', values.port, 9000),
    controlPort: whole('control-port', values['control-port'], 0),
    faults: { latency: whole('latency', values.latency, 0), jitter: whole('jitter', values.jitter, 0) },
    flavour: flavourOf(values.flavour),
    version: values.version ?? values.thehive,
    basicAuth: values['basic-auth'],
    validate: values.validate,
  }
}

function flavourOf(value: string | undefined): Flavour | undefined {
  if (value === undefined) return undefined
  const known = flavours.find((flavour) => flavour === value)
  if (!known) throw new Error(`--flavour ${value}: one of ${flavours.join(', ')} is expected`)
  return known
}

function whole(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  if (!/^\d+$/.test(value)) throw new Error(`--${name} ${value}: a whole number from 0 is expected`)
  return Number(value)
}

function moment(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const time = /^\d+$/.test(value) ? Number(value) : Date.parse(value)
  if (Number.isNaN(time)) throw new Error(`--now ${value}: an ISO date or milliseconds are expected`)
  return time
}
