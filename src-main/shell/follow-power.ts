import { powerMonitor } from 'electron'

/** What the machine tells of itself: whether it runs on its battery, and when it woke. */
export function followPower(heard: {
  power: (state: { onBattery: boolean }) => void
  woke: () => void
}): void {
  const tell = (onBattery: boolean) => () => heard.power({ onBattery })
  powerMonitor.on('on-battery', tell(true))
  powerMonitor.on('on-ac', tell(false))
  powerMonitor.on('resume', heard.woke)
  powerMonitor.on('unlock-screen', heard.woke)
  heard.power({ onBattery: powerMonitor.onBatteryPower })
}
