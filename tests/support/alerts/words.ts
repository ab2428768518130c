/** What one kind of sensor reports: enough variety that lists, facets and text search mean something. */
export type Sensor = {
  type: string
  sources: readonly string[]
  titles: readonly string[]
  tags: readonly string[]
  findings: readonly string[]
}

export const sensors: readonly Sensor[] = [
  {
    type: 'phishing',
    sources: ['mail-gateway', 'user-report'],
    titles: ['Credential lure sent to finance', 'Invoice with a macro attachment', 'Lookalike sign-in page'],
    tags: ['phishing', 'T1566', 'mail', 'credential-theft'],
    findings: [
      'The sender domain was registered four days before delivery and fails DMARC alignment.',
      'The link leads through two redirectors to a page imitating the company sign-in.',
      'Twelve mailboxes received the message; three recipients opened it before it was recalled.',
    ],
  },
  {
    type: 'edr',
    sources: ['endpoint-east', 'endpoint-west'],
    titles: [
      'Encoded command line launched by an office program',
      'Memory of the logon process read',
      'Unsigned driver loaded',
    ],
    tags: ['edr', 'T1059', 'T1003', 'endpoint', 'windows'],
    findings: [
      'The parent process is a word processor, which never starts a shell on this host otherwise.',
      'The binary is unsigned, rare in the fleet and was written to a temporary folder one minute earlier.',
      'The agent isolated the process tree; the host itself stays connected until somebody decides.',
    ],
  },
  {
    type: 'ids',
    sources: ['sensor-dmz', 'sensor-core'],
    titles: [
      'Beacon to a rare host every sixty seconds',
      'Exploit attempt against the web portal',
      'Port scan from a guest network',
    ],
    tags: ['ids', 'T1071', 'network', 'c2'],
    findings: [
      'The request carries a user agent that no managed browser in the fleet uses.',
      'Replies are of constant size and arrive with a jitter below two percent.',
      'The certificate is self-signed and its subject repeats across four other addresses.',
    ],
  },
  {
    type: 'vpn',
    sources: ['remote-access'],
    titles: ['Sign-in from two countries within the hour', 'Many failed sign-ins followed by a success'],
    tags: ['vpn', 'T1078', 'identity'],
    findings: [
      'The second factor was approved after nine prompts, which suggests fatigue rather than intent.',
      'The account belongs to a contractor whose assignment ended last month.',
      'The address belongs to a hosting provider that staff have never used before.',
    ],
  },
  {
    type: 'misp',
    sources: ['sharing-group'],
    titles: ['Event shared by a partner: loader campaign', 'Event shared by a partner: stolen certificates'],
    tags: ['misp', 'intel', 'tlp:amber', 'campaign'],
    findings: [
      'The partner rates the indicators as reliable and asks that they are not published.',
      'Two of the file names were seen in our mail stream in the last ninety days.',
      'The infrastructure overlaps with an earlier event through a shared name server.',
    ],
  },
]

export const hosts = ['ws-0142', 'ws-0977', 'srv-files-2', 'srv-web-1', 'lap-3310', 'kiosk-07'] as const
export const people = ['ana@acme.example', 'rolf@acme.example', 'mina@acme.example'] as const
export const domains = [
  'login-portal.example',
  'cdn-update.example',
  'files.invalid',
  'parcel-track.example',
] as const
export const closings = [
  'Compare with the same host over the last seven days before deciding.',
  'The playbook asks for a call with the owner of the account when the second step is positive.',
  'Raw events are kept for thirty days in the log store under the reference above.',
  'Earlier alerts with the same reference prefix were closed as duplicates after a check of the proxy logs.',
] as const
