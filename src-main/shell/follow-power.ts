import { powerMonitor } from 'electron'

/** Only macOS tells of the battery, and only macOS and Windows of the mains: everywhere it is looked at so often, too, ms. */
const lookMs = 60_000

/**
 * What the machine tells of itself: whether it runs on its battery, told at once and when it changes, and when it woke. Answers how
 * to stop.
 */
export function followPower(heard: {
  power: (state: { onBattery: boolean }) => void
  woke: () => void
}): () => void {
  let told: boolean | undefined
  const tell = (onBattery: boolean) => {
    if (onBattery === told) return
    told = onBattery
    heard.power({ onBattery })
  }
  const look = () => tell(powerMonitor.isOnBatteryPower())
  powerMonitor.on('on-battery', () => tell(true))
  powerMonitor.on('on-ac', () => tell(false))
  powerMonitor.on('resume', () => {
    look()
    heard.woke()
  })
  powerMonitor.on('unlock-screen', heard.woke)
  look()
  const timer = setInterval(look, lookMs)
  return () => clearInterval(timer)
}
