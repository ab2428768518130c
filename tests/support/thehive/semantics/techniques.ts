/** A slice of the ATT&CK catalogue: technique → name and the tactics it serves. */
export const techniques: Record<string, { name: string; tactics: string[] }> = {
  T1003: { name: 'OS Credential Dumping', tactics: ['credential-access'] },
  T1021: { name: 'Remote Services', tactics: ['lateral-movement'] },
  T1027: { name: 'Obfuscated Files or Information', tactics: ['defense-evasion'] },
  T1041: { name: 'Exfiltration Over C2 Channel', tactics: ['exfiltration'] },
  T1053: { name: 'Scheduled Task/Job', tactics: ['execution', 'persistence', 'privilege-escalation'] },
  T1059: { name: 'Command and Scripting Interpreter', tactics: ['execution'] },
  T1071: { name: 'Application Layer Protocol', tactics: ['command-and-control'] },
  T1078: {
    name: 'Valid Accounts',
    tactics: ['initial-access', 'persistence', 'privilege-escalation', 'defense-evasion'],
  },
  T1098: { name: 'Account Manipulation', tactics: ['persistence', 'privilege-escalation'] },
  T1110: { name: 'Brute Force', tactics: ['credential-access'] },
  T1190: { name: 'Exploit Public-Facing Application', tactics: ['initial-access'] },
  T1204: { name: 'User Execution', tactics: ['execution'] },
  T1486: { name: 'Data Encrypted for Impact', tactics: ['impact'] },
  T1566: { name: 'Phishing', tactics: ['initial-access'] },
  T1567: { name: 'Exfiltration Over Web Service', tactics: ['exfiltration'] },
}
