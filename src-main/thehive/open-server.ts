import type { Detection } from './detect.ts'
import type { Connection, TheHiveServer } from './port.ts'
import type { ServerOptions } from './server-options.ts'
import { refuseTooOld } from './too-old.ts'
import { createFourServer } from './v0/four/server.ts'
import { createThreeServer } from './v0/three/server.ts'
import { createV1Server } from './v1/server.ts'

type Open = (
  connection: Connection,
  detection: Detection,
  signal: AbortSignal,
  options?: ServerOptions,
) => Promise<TheHiveServer>

const adapters: Readonly<Record<Detection['flavour'], Open>> = {
  thehive3: createThreeServer,
  thehive4: createFourServer,
  thehive5: createV1Server,
}

/** Speaks to what was detected in its own language. @throws ForagerError, and leaves no connection open then */
export const openServer: Open = async (connection, detection, signal, options) => {
  refuseTooOld(detection)
  return adapters[detection.flavour](connection, detection, signal, options)
}
