/** Keys of a line in the outbox, for the line that has the keyboard; the key sheet shows them too. Of what was sent: the first four, and the last two. */
export const outboxKeys = [
  { chord: 'j', does: 'Next' },
  { chord: 'k', does: 'Previous' },
  { chord: 'Enter', does: 'Open what it is about' },
  { chord: ' ', does: 'Details' },
  { chord: 'h', does: 'Hold, resume' },
  { chord: 's', does: 'Send this one' },
  { chord: 'e', does: 'Edit' },
  { chord: 'Alt+ArrowUp', does: 'Move up' },
  { chord: 'Alt+ArrowDown', does: 'Move down' },
  { chord: 'Delete', does: 'Drop' },
  { chord: 'x', does: 'Choose what was sent' },
  { chord: 'p', does: 'Put back what was sent' },
] as const
