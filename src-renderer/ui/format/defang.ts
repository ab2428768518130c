const networkTypes: ReadonlySet<string> = new Set(['ip', 'domain', 'fqdn', 'url', 'uri_path', 'mail'])

/** Makes an indicator harmless to click or resolve: `hxxps[:]//evil[.]example`, `192[.]0[.]2[.]1`, `a[@]b[.]example`. */
export function defang(value: string): string {
  return value
    .replace(/\b(h)tt(ps?)(?=:)/gi, (_all, first: string, rest: string) => `${first}xx${rest}`)
    .replace(/:\/\//g, '[:]//')
    .replace(/@/g, '[@]')
    .replace(/\./g, '[.]')
    .replace(/\[\[([.@:])\]\]/g, '[$1]')
}

/** Takes {@link defang} back. */
export function refang(value: string): string {
  return value
    .replace(/\b(h)xx(ps?)(?=\[?:)/gi, (_all, first: string, rest: string) => `${first}tt${rest}`)
    .replace(/\[:\]/g, ':')
    .replace(/\[@\]/g, '@')
    .replace(/\[\.\]/g, '.')
}

/** How an observable is shown: network indicators defanged, hashes and names as they are. */
export function shownValue(dataType: string, value: string): string {
  return networkTypes.has(dataType) ? defang(value) : value
}
