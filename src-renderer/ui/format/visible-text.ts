/** Marks that turn text around, hide in it or control a terminal: never shown as they act. Line breaks and tabs stay. */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Text from outside with its invisible marks made visible: a direction mark in `exe.gpj` shows as `‹U+202E›`. */
export function visibleText(text: string): string {
  return text.replace(
    unseen,
    (mark) => `‹U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  )
}
