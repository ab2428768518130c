export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const storageKey = 'forager.theme'
const darkQuery = '(prefers-color-scheme: dark)'

/** Light, dark or as the system says; remembered on this machine. High contrast comes from the system alone. */
export class Theme {
  choice = $state<ThemeChoice>(remembered())
  #systemDark = $state(matchMedia(darkQuery).matches)
  readonly shown: 'light' | 'dark' = $derived(
    this.choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.choice,
  )

  start(): () => void {
    const media = matchMedia(darkQuery)
    const follow = () => {
      this.#systemDark = media.matches
      this.#apply()
    }
    media.addEventListener('change', follow)
    this.#apply()
    return () => media.removeEventListener('change', follow)
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice
    localStorage.setItem(storageKey, choice)
    this.#apply()
  }

  next(): void {
    this.choose(themeChoices[(themeChoices.indexOf(this.choice) + 1) % themeChoices.length] ?? 'system')
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.shown
  }
}

function remembered(): ThemeChoice {
  const stored = localStorage.getItem(storageKey)
  return themeChoices.find((choice) => choice === stored) ?? 'system'
}
