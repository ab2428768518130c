type Rgb = readonly [number, number, number]

/** A mark that is not text needs this much against what it lies on (WCAG 1.4.11). */
const markContrast = 3
const steps = 20

/** `#rrggbb` or `#rgb`, in any case; undefined for anything else: the text comes from a server. */
export function parseColour(text: string): Rgb | undefined {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(text.trim())?.[1]
  if (hex === undefined) return undefined
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  const channel = (at: number) => Number.parseInt(full.slice(at, at + 2), 16)
  return [channel(0), channel(2), channel(4)]
}

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/**
 * The server's colour, as little changed as it takes to be seen on `paper`: darker on light paper, lighter on dark.
 * Undefined when it is no colour.
 */
export function visibleColour(colour: string, paper: string): string | undefined {
  const from = parseColour(colour)
  const ground = parseColour(paper)
  if (!from || !ground) return undefined
  const to: Rgb = luminance(ground) > 0.5 ? [0, 0, 0] : [255, 255, 255]
  for (let step = 0; step < steps; step += 1) {
    const mixed = mix(from, to, step / steps)
    if (contrast(mixed, ground) >= markContrast) return toHex(mixed)
  }
  return toHex(to)
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const one = (at: 0 | 1 | 2) => Math.round(a[at] + (b[at] - a[at]) * share)
  return [one(0), one(1), one(2)]
}

function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
