import type { Dispatcher } from 'undici'

/**
 * Tells whether a request may have left: undici announces a request's start when it has a live connection and is about to
 * write. Before that moment no failure can have had an effect on the server.
 */
export function watchStart(dispatcher: Dispatcher): { dispatcher: Dispatcher; started: () => boolean } {
  let started = false
  const watched = dispatcher.compose((dispatch) => (options, handler) => {
    const observed: Dispatcher.DispatchHandler = {
      onRequestStart(controller, context) {
        started = true
        handler.onRequestStart?.(controller, context)
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    }
    return dispatch(options, observed)
  })
  return { dispatcher: watched, started: () => started }
}
