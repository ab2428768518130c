/** How people write an address so that nobody clicks it, and what each stands for. */
const defanged: readonly [RegExp, string][] = [
  [/^h(?:xx|\*\*|tt)p(s?)(?=:|\[:)/i, 'http$1'],
  [/^fxp(s?)(?=:|\[:)/i, 'ftp$1'],
  [/\[:\/\/\]/g, '://'],
  [/\[:\]/g, ':'],
  [/\[\/\]/g, '/'],
  [/[[({](?:\.|dot)[\])}]/gi, '.'],
  [/[[({](?:@|at)[\])}]/gi, '@'],
]

/** The address as machines write it. Text without such marks comes back unchanged. */
export function refang(text: string): string {
  return defanged.reduce((current, [mark, meant]) => current.replace(mark, meant), text)
}

const wrappers: readonly [string, string][] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['<', '>'],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]
const bullet = /^[-*•‣]\s+/
/** Tried at the beginning of a run only: from each comma in it, a long run within a line would be gone through again. */
const trailing = /(?<![,;])[,;]+$/

/** The value without what lists and quotes put around it. */
export function unwrap(text: string): string {
  const bare = text.trim().replace(bullet, '').replace(trailing, '').trim()
  const wrapped = wrappers.some(([open, close]) => isWrapped(bare, open, close))
  return wrapped ? unwrap(bare.slice(1, -1)) : bare
}

/** `[a]b[c]` begins and ends with brackets, but they do not belong together. */
function isWrapped(text: string, open: string, close: string): boolean {
  if (text.length < 3 || !text.startsWith(open) || !text.endsWith(close)) return false
  const inner = text.slice(1, -1)
  return !inner.includes(open) && !inner.includes(close)
}
