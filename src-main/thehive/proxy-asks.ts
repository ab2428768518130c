/** A proxy's refusal: the server never heard of the request. Not merely away: a proxy locks accounts that fail too much. */
export const proxyAsks = {
  kind: 'unauthorised',
  message: 'The proxy does not accept the user name and password, or asks for them.',
  next: 'Connect again with the proxy’s user name and password, under Advanced.',
} as const
