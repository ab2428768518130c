/** The runtime's own addresses, beside the app's. The app never names them. */
export const bridgePath = '/__runtime/bridge.js'
export const socketPath = '/__runtime/socket'
export const uploadPath = '/__runtime/upload'
export const navigatePath = '/__runtime/navigate'

/** The app as its own code knows it; the loopback address stands in for it. */
export const appOrigin = 'app://forager'
