import type { Random } from './random.ts'

/** One adversary's set of things seen again and again, so that alerts resemble each other for a reason. */
export type Campaign = {
  name: string
  domains: string[]
  addresses: string[]
  urls: string[]
  senders: string[]
  hashes: string[]
  files: string[]
  agent: string
  subject: string
}

/** The made-up company under watch, and who works against it. Addresses are RFC 5737 outside and 10/8 inside. */
export type World = {
  campaigns: Campaign[]
  users: string[]
  hosts: { name: string; address: string }[]
}

const adjectives = [
  'amber',
  'brisk',
  'copper',
  'dusty',
  'ebony',
  'frosty',
  'gilded',
  'hollow',
  'ivory',
  'jagged',
]
const things = [
  'anvil',
  'badger',
  'cinder',
  'drifter',
  'ember',
  'falcon',
  'gull',
  'harrier',
  'jackal',
  'lantern',
]
const words = [
  'login',
  'secure',
  'portal',
  'billing',
  'mail',
  'docs',
  'share',
  'update',
  'support',
  'sso',
  'cdn',
  'files',
]
const zones = ['example', 'example.com', 'example.net', 'example.org', 'test', 'invalid']
const nets = ['192.0.2', '198.51.100', '203.0.113']
const lures = [
  'Invoice overdue',
  'Your mailbox is full',
  'Shared document',
  'Password expires today',
  'Parcel held at customs',
  'Voice message',
  'Updated payroll form',
  'Signature required',
]
const payloads = [
  'invoice.iso',
  'scan_0042.pdf.exe',
  'update.js',
  'statement.xlsm',
  'setup.msi',
  'voicemail.html',
  'order.lnk',
  'report.one',
]
const agents = [
  'curl/8.5.0',
  'python-requests/2.31',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0',
  'Mozilla/4.0 (compatible; MSIE 7.0)',
  'Go-http-client/1.1',
]
const people = [
  'alva',
  'bruno',
  'carla',
  'dario',
  'elin',
  'fadil',
  'greta',
  'hugo',
  'ines',
  'jonas',
  'kira',
  'lior',
  'maya',
  'nils',
  'oona',
  'pavel',
  'quinn',
  'rosa',
  'sven',
  'tilda',
  'uma',
  'vera',
  'wim',
  'xenia',
  'yara',
  'zeno',
]
const kinds = ['WS', 'LT', 'SRV', 'DC', 'VDI', 'KIOSK']

const many = <V>(count: number, make: (at: number) => V): V[] =>
  Array.from({ length: count }, (_, at) => make(at))

export function createWorld(random: Random): World {
  return {
    campaigns: many(60, () => createCampaign(random)),
    users: people.flatMap((name) => ['north', 'south', 'east'].map((side) => `${name}.${side}@acme.example`)),
    hosts: many(400, (at) => ({
      name: `${random.pick(kinds)}-${String(at).padStart(4, '0')}`,
      address: `10.${random.int(0, 40)}.${random.int(0, 255)}.${random.int(1, 254)}`,
    })),
  }
}

function createCampaign(random: Random): Campaign {
  const domains = many(random.int(2, 6), () => {
    return `${random.pick(words)}-${random.pick(words)}${random.int(1, 99)}.${random.pick(zones)}`
  })
  return {
    name: `${random.pick(adjectives)}-${random.pick(things)}`,
    domains,
    addresses: many(random.int(2, 6), () => `${random.pick(nets)}.${random.int(1, 254)}`),
    urls: many(
      random.int(2, 5),
      () => `https://${random.pick(domains)}/${random.pick(words)}/${random.hex(8)}`,
    ),
    senders: many(random.int(1, 3), () => `${random.pick(words)}@${random.pick(domains)}`),
    hashes: many(random.int(1, 4), () => random.hex(64)),
    files: many(random.int(1, 3), () => random.pick(payloads)),
    agent: random.pick(agents),
    subject: random.pick(lures),
  }
}
