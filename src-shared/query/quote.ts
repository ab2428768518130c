/** Writes a value so that reading it back gives the same value. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`

export const joiners: ReadonlySet<string> = new Set(['and', 'or', 'not'])

/** Whether a value stands for itself without quotes, wherever the language takes a value. */
export const isPlain = (value: string): boolean => /^[^\s,"()*<>=]+$/.test(value)
