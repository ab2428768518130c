import type { Technique } from '#shared/model/procedure.ts'

/** Enough of the ATT&CK catalogue to search in; one technique serves several tactics. */
export const sampleTechniques: Technique[] = [
  { patternId: 'T1566', name: 'Phishing', tactics: ['initial-access'] },
  { patternId: 'T1566.001', name: 'Spearphishing Attachment', tactics: ['initial-access'] },
  { patternId: 'T1566.002', name: 'Spearphishing Link', tactics: ['initial-access'] },
  { patternId: 'T1204', name: 'User Execution', tactics: ['execution'] },
  { patternId: 'T1204.001', name: 'Malicious Link', tactics: ['execution'] },
  { patternId: 'T1204.002', name: 'Malicious File', tactics: ['execution'] },
  { patternId: 'T1059', name: 'Command and Scripting Interpreter', tactics: ['execution'] },
  { patternId: 'T1059.001', name: 'PowerShell', tactics: ['execution'] },
  {
    patternId: 'T1078',
    name: 'Valid Accounts',
    tactics: ['initial-access', 'persistence', 'privilege-escalation', 'defense-evasion'],
  },
  { patternId: 'T1053', name: 'Scheduled Task/Job', tactics: ['execution', 'persistence'] },
  { patternId: 'T1110', name: 'Brute Force', tactics: ['credential-access'] },
  { patternId: 'T1110.003', name: 'Password Spraying', tactics: ['credential-access'] },
  { patternId: 'T1071', name: 'Application Layer Protocol', tactics: ['command-and-control'] },
  { patternId: 'T1048', name: 'Exfiltration Over Alternative Protocol', tactics: ['exfiltration'] },
]
