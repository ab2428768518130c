import { bullets, code, defang, table, type Scenario, type SeedObservable } from '../scenario.ts'

const verdicts = [
  'credential harvest page',
  'attachment with macros',
  'reply-chain hijack',
  'gift-card request',
]

/** Reported by people, so the text is loose and the markup is the sender's. */
export const phishing: Scenario = ({ random, world, campaign }) => {
  const sender = random.pick(campaign.senders)
  const recipient = random.pick(world.users)
  const url = random.pick(campaign.urls)
  const file = random.pick(campaign.files)
  const others = random.int(0, 40)
  const headers = [`From: "IT Service" <${sender}>`, `To: ${recipient}`, `Subject: ${campaign.subject}`]
  const observables: SeedObservable[] = [
    { dataType: 'mail', data: sender, ioc: true, message: 'Envelope sender' },
    { dataType: 'url', data: url, ioc: true, tags: ['link'] },
    { dataType: 'domain', data: new URL(url).hostname },
    { dataType: 'mail-subject', data: campaign.subject },
  ]
  if (random.chance(0.4)) observables.push({ dataType: 'filename', data: file })
  if (random.chance(0.3)) observables.push({ dataType: 'ip', data: random.pick(campaign.addresses) })
  if (random.chance(0.06)) {
    const content = [...headers, '', `Please open ${url}`].join('\r\n')
    observables.push({
      dataType: 'file',
      data: content,
      fileName: 'reported-message.eml',
      message: 'As reported',
    })
  }
  const markup = random.chance(0.02)
    ? '\n\n<img src=x onerror="alert(1)"><script>alert("reported")</script>'
    : ''
  return {
    type: 'phishing',
    source: random.pick(['mail-gateway', 'user-report']),
    prefix: 'MSG',
    title: `Reported message: "${campaign.subject}" to ${recipient}`,
    description:
      [
        `**${recipient}** reported a message; it looks like a *${random.pick(verdicts)}*.`,
        table({
          Sender: sender,
          Recipient: recipient,
          Subject: campaign.subject,
          'Other recipients': others,
          SPF: random.pick(['fail', 'pass', 'softfail']),
          DKIM: random.pick(['none', 'pass', 'fail']),
        }),
        `Link in the message: ${defang(url)}`,
        code(
          'eml',
          ...headers,
          `Message-ID: <${random.hex(16)}@${campaign.domains[0]}>`,
          'MIME-Version: 1.0',
        ),
        `### What was done\n${bullets('Message moved to quarantine', `${others} copies found in other mailboxes`, 'Link not rewritten by the gateway')}`,
      ].join('\n\n') + markup,
    tags: ['phishing', `campaign:${campaign.name}`, ...(random.chance(0.3) ? ['vip'] : [])],
    severity: random.weighted([
      [1, 35],
      [2, 50],
      [3, 14],
      [4, 1],
    ]),
    tlp: 2,
    template: 'phishing',
    fields: random.chance(0.3) ? { 'business-unit': random.pick(['Sales', 'Finance', 'Operations']) } : {},
    observables,
  }
}
