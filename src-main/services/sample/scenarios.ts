import type { Severity } from '#shared/model/scales.ts'

/** A kind of alert a SOC sees, with the parts that vary. Hosts and people are invented; addresses are RFC 5737 / 2606. */
export type Scenario = {
  type: string
  source: string
  severity: Severity
  tags: string[]
  title: (pick: Pick) => string
  description: (pick: Pick) => string
  observables: (pick: Pick) => { dataType: string; data: string; ioc?: boolean }[]
}

/** Draws from small pools, so that alerts share indicators and similarity means something. */
export type Pick = {
  host: () => string
  user: () => string
  bad: () => { ip: string; domain: string; sha256: string }
  number: (below: number) => number
}

export const scenarios: Scenario[] = [
  {
    type: 'phishing',
    source: 'mail-gateway',
    severity: 2,
    tags: ['phishing', 'mail'],
    title: (pick) =>
      `Phishing: “${['Invoice overdue', 'Mailbox almost full', 'Parcel on hold'][pick.number(3)]}” reported by ${pick.user()}`,
    description: (pick) =>
      `A message passed the gateway and was **reported by its recipient**.\n\n| Check | Result |\n| --- | --- |\n| SPF | softfail |\n| DKIM | none |\n| Recipients | ${pick.number(40) + 1} |\n\nThe link leads to a page that imitates the sign-in form.`,
    observables: (pick) => {
      const { domain, ip } = pick.bad()
      return [
        { dataType: 'url', data: `https://${domain}/login/verify`, ioc: true },
        { dataType: 'domain', data: domain, ioc: true },
        { dataType: 'ip', data: ip },
        { dataType: 'mail', data: `billing@${domain}` },
      ]
    },
  },
  {
    type: 'edr',
    source: 'endpoint-sensor',
    severity: 3,
    tags: ['edr', 'T1059.001'],
    title: (pick) => `Encoded PowerShell on ${pick.host()}`,
    description: (pick) =>
      `\`powershell.exe -nop -w hidden -enc …\` started by \`winword.exe\`.\n\n1. A document was opened from the download folder\n2. A child process decoded ${pick.number(900) + 100} bytes\n3. An outbound connection followed\n\nThe sensor **blocked** the second stage.`,
    observables: (pick) => {
      const { ip, sha256 } = pick.bad()
      return [
        { dataType: 'hash', data: sha256, ioc: true },
        { dataType: 'ip', data: ip },
        { dataType: 'hostname', data: pick.host() },
        { dataType: 'filename', data: 'statement.docm' },
      ]
    },
  },
  {
    type: 'ids',
    source: 'network-sensor',
    severity: 2,
    tags: ['ids', 'c2'],
    title: (pick) => `Beacon-like traffic from ${pick.host()}`,
    description: (pick) =>
      `Regular connections every ${pick.number(50) + 10} s with little jitter.\n\n- Rule: *periodic TLS with an unknown certificate*\n- Bytes out: ${pick.number(90_000)}`,
    observables: (pick) => {
      const { ip, domain } = pick.bad()
      return [
        { dataType: 'ip', data: ip, ioc: true },
        { dataType: 'domain', data: domain },
      ]
    },
  },
  {
    type: 'vpn',
    source: 'remote-access',
    severity: 1,
    tags: ['vpn', 'authentication'],
    title: (pick) => `Many failed VPN sign-ins for ${pick.user()}`,
    description: (pick) =>
      `${pick.number(300) + 30} failures in ten minutes, then one success from another network.`,
    observables: (pick) => [
      { dataType: 'ip', data: pick.bad().ip },
      { dataType: 'user-agent', data: 'vpn-client/5.2 (Linux x86_64)' },
    ],
  },
  {
    type: 'misp',
    source: 'threat-sharing',
    severity: 4,
    tags: ['misp', 'ransomware'],
    title: (pick) => `Shared indicators match ${pick.host()}`,
    description: () =>
      'An event shared by a partner lists a loader seen before **ransomware**.\n\n> Act before the second stage: earlier victims had about two hours.',
    observables: (pick) => {
      const { sha256, domain, ip } = pick.bad()
      return [
        { dataType: 'hash', data: sha256, ioc: true },
        { dataType: 'domain', data: domain, ioc: true },
        { dataType: 'ip', data: ip, ioc: true },
      ]
    },
  },
]
