import type { KeychainCause } from './keychain-causes.ts'

/** Why there is no keychain, and what to do about it, a step an item. */
export type Explanation = { explanation: string; howTo: string[] }

const linuxInstall = [
  'Debian, Ubuntu: sudo apt install libsecret-1-0 gnome-keyring',
  'Fedora, RHEL: sudo dnf install libsecret gnome-keyring',
  'On KDE Plasma, KWallet does the same: switch on "Use KWallet for the Secret Service interface" in System Settings.',
]
const linuxStart = [
  'Sign out and in again, so that the keyring starts with your session.',
  'Without a desktop session: run dbus-run-session -- bash, then gnome-keyring-daemon --unlock --components=secrets, and start Forager from there.',
]
const lookAgain = 'Then choose "Look again".'

const linux: Record<KeychainCause, Explanation> = {
  'no-library': {
    explanation: 'The library that reaches the keychain (libsecret) is not installed on this computer.',
    howTo: [...linuxInstall, lookAgain],
  },
  'no-bus': {
    explanation: 'There is no desktop session here, so no keychain can be reached.',
    howTo: [...linuxInstall, ...linuxStart],
  },
  'no-service': {
    explanation: 'No program keeps secrets in this session: neither GNOME Keyring nor KWallet answers.',
    howTo: [...linuxInstall, ...linuxStart, lookAgain],
  },
  'no-keyring': {
    explanation: 'The keychain runs but has no keyring to store secrets in yet.',
    howTo: [
      'Open "Passwords and Keys" (seahorse), create a password keyring and make it the default.',
      'Without a desktop: gnome-keyring-daemon --unlock --components=secrets creates one with the password you type.',
      lookAgain,
    ],
  },
  locked: {
    explanation: 'The keychain is locked.',
    howTo: [
      'Unlock it, for example in "Passwords and Keys" (seahorse), with your login password.',
      lookAgain,
    ],
  },
  'no-answer': {
    explanation: 'The keychain did not answer; it may be waiting for its password in a window.',
    howTo: ['Look for a window asking for the keyring password and answer it.', lookAgain],
  },
  other: {
    explanation: 'The keychain of this computer could not store a secret and read it back.',
    howTo: [...linuxInstall, ...linuxStart, lookAgain],
  },
}

const mac: Explanation = {
  explanation: 'The macOS keychain could not store a secret and read it back.',
  howTo: [
    'Open Keychain Access and make sure that the login keychain is unlocked.',
    'If macOS asks whether Forager may use the keychain, choose "Always Allow".',
    lookAgain,
  ],
}
const windows: Explanation = {
  explanation: 'The Windows Credential Manager could not store a secret and read it back.',
  howTo: [
    'Open Services and make sure that "Credential Manager" (VaultSvc) is running.',
    'Ask your administrator whether a policy forbids storing credentials.',
    lookAgain,
  ],
}
const noLibrary: Explanation = {
  explanation: 'The part of Forager that reaches the keychain could not be loaded.',
  howTo: ['Install Forager again.', lookAgain],
}

/** Plain words for the welcome screen. The keychain's own text is appended only where nothing better is known. */
export function explainMissingKeychain(cause: KeychainCause, platform: string, said = ''): Explanation {
  if (platform === 'linux') return cause === 'other' ? withText(linux.other, said) : linux[cause]
  if (cause === 'no-library') return noLibrary
  return withText(platform === 'darwin' ? mac : windows, said)
}

function withText(known: Explanation, said: string): Explanation {
  return said === ''
    ? known
    : { ...known, explanation: `${known.explanation} It said: ${said.slice(0, 300)}` }
}
