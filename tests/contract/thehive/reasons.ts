/** Why an older flavour has not what TheHive 5 has, said once. */
export const noStatus3 = 'TheHive 3 marks alerts read or unread instead of giving them a status.'
export const noStatus4 = 'TheHive 4 marks alerts read or unread instead of giving them a status.'
export const noComments3 = 'TheHive 3 has no comments.'
export const noComments4 = 'TheHive 4 has no comments.'
export const noProcedures3 = 'TheHive 3 keeps no techniques and procedures.'
export const noProcedures4 = 'TheHive 4 keeps techniques and procedures of cases only.'
export const noAttachments3 = 'TheHive 3 attaches no files to alerts beside their observables.'
export const noAttachments4 = 'TheHive 4 attaches no files to alerts beside their observables.'
export const attachmentsSince = {
  since: '5.2.11',
  reason: 'Alerts have attachments of their own since TheHive 5.2.11.',
} as const
export const noDeletions5 = 'TheHive 5 lists nothing of what was deleted.'
