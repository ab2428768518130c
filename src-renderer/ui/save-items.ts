import type { MenuItem } from './menu-item.ts'

/** The two forms in which a file that may be malicious is saved. */
export function saveItems(allowed: MenuItem['allowed'], save: (as: 'file' | 'zip') => void): MenuItem[] {
  return [
    {
      id: 'zip',
      label: 'Save as a zip…',
      hint: 'Under a password: nothing can start it by mistake',
      allowed,
      run: () => save('zip'),
    },
    {
      id: 'file',
      label: 'Save as it is…',
      hint: 'The file itself, which may be malicious',
      allowed,
      run: () => save('file'),
    },
  ]
}
