/**
 * Puts plain text on the clipboard, on a click or key. By the copy command rather than the clipboard interface: that needs
 * a permission, and Forager's window grants none. Answers false when the system refused.
 */
export function copyText(text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener('copy', give, { capture: true })
  try {
    return document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', give, { capture: true })
  }
}
