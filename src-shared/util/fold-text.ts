const defanged: readonly (readonly [RegExp, string])[] = [
  [/hxxp/g, 'http'],
  [/\[:\/\/\]/g, '://'],
  [/[[({]\.[\])}]|\[dot\]|\(dot\)/g, '.'],
  [/\[:\]/g, ':'],
  [/\[@\]|\[at\]|\(at\)/g, '@'],
]

const anyDefanged = new RegExp(defanged.map(([pattern]) => pattern.source).join('|'))

/** Runs of white space and control characters, except the single blank: most of a text is that, and stays as it is. */
const notOneBlank = /[\s\u0000-\u001f\u007f]{2,}|[^\S ]|[\u0000-\u001f\u007f]/g

/**
 * The form in which text is searched, used on both sides: lower-cased, refanged (hxxp → http, [.] → .), white space and
 * control characters made one blank. The Greek final sigma is folded away, because lower-casing picks it by its neighbours.
 */
export function foldText(text: string): string {
  const lower = text.toWellFormed().toLowerCase().replaceAll('ς', 'σ')
  const plain = lower.replace(notOneBlank, ' ')
  // Most text has nothing to refang: one look saves five passes.
  if (!anyDefanged.test(plain)) return plain
  return defanged.reduce((folded, [pattern, meaning]) => folded.replace(pattern, meaning), plain)
}
