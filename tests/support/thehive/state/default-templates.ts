import type { CaseTemplate, CustomFieldDefinition, Stamps } from './types.ts'

type Plain<D> = Omit<D, keyof Stamps | 'kind'>

const field = (
  name: string,
  type: CustomFieldDefinition['type'],
  rest: Partial<Plain<CustomFieldDefinition>> = {},
): Plain<CustomFieldDefinition> => ({
  name,
  displayName: name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
  group: 'default',
  description: `The ${name.replaceAll('-', ' ')}`,
  type,
  options: [],
  mandatory: false,
  ...rest,
})

export const customFieldDefaults: Plain<CustomFieldDefinition>[] = [
  field('business-unit', 'string', {
    options: ['Sales', 'Finance', 'Engineering', 'Operations', 'Human Resources'],
  }),
  field('affected-host', 'string'),
  field('detection-rule', 'string'),
  field('risk-score', 'integer'),
  field('confidence', 'float'),
  field('contained', 'boolean'),
  field('first-seen', 'date'),
  field('playbook', 'url'),
]

const tasks = (...titles: string[]) =>
  titles.map((title, at) => ({
    title,
    group: at < 2 ? 'Identification' : at < 4 ? 'Containment' : 'Lessons learnt',
  }))

const template = (
  name: string,
  rest: Partial<Plain<CaseTemplate>> & Pick<CaseTemplate, 'tasks'>,
): Plain<CaseTemplate> => ({ name, displayName: name, tags: [], flag: false, customFields: [], ...rest })

export const caseTemplateDefaults: Plain<CaseTemplate>[] = [
  template('phishing', {
    displayName: 'Phishing',
    titlePrefix: '[PHISH]',
    description: 'A message lured, or tried to lure, somebody into something.',
    severity: 2,
    tlp: 2,
    pap: 2,
    tags: ['phishing', 'playbook:phishing'],
    tasks: tasks(
      'Collect the message and its headers',
      'Find every recipient',
      'Block sender and links',
      'Reset exposed accounts',
      'Tell the reporters',
    ),
  }),
  template('malware', {
    displayName: 'Malware on an endpoint',
    titlePrefix: '[MAL]',
    severity: 3,
    tags: ['malware', 'playbook:endpoint'],
    tasks: tasks(
      'Isolate the endpoint',
      'Acquire memory and disk',
      'Detonate the sample',
      'Hunt for the indicators',
      'Rebuild the endpoint',
    ),
  }),
  template('account-compromise', {
    displayName: 'Account compromise',
    titlePrefix: '[ACCOUNT]',
    severity: 3,
    tags: ['identity'],
    tasks: tasks(
      'Confirm with the account owner',
      'List sessions and grants',
      'Revoke sessions',
      'Reset credentials',
    ),
  }),
  template('data-leak', {
    displayName: 'Data leak',
    titlePrefix: '[LEAK]',
    severity: 3,
    tlp: 3,
    tags: ['dlp'],
    tasks: tasks(
      'Establish what left',
      'Establish who received it',
      'Ask for deletion',
      'Inform the data protection officer',
    ),
  }),
  template('generic', { displayName: 'Generic incident', tasks: tasks('Triage', 'Investigate', 'Close') }),
]
