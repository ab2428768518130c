export type TlsExplanation = { message: string; next: string }

const untrusted: TlsExplanation = {
  message: 'shows a certificate that no trusted authority has signed.',
  next: 'If your organisation runs its own certificate authority, give its PEM file in the connection settings.',
}
const otherName: TlsExplanation = {
  message: 'shows a certificate made out to another name.',
  next: 'Use the name that is in the certificate, or have the certificate renewed.',
}
const noTls: TlsExplanation = {
  message: 'does not speak TLS on this port.',
  next: 'Check the port; a TheHive behind https usually listens on 443.',
}

const byCode: Record<string, TlsExplanation> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_HAS_EXPIRED: {
    message: 'shows a certificate that has expired.',
    next: 'Have the certificate renewed, and check the clock of this computer.',
  },
  CERT_NOT_YET_VALID: {
    message: 'shows a certificate that is not valid yet.',
    next: 'Check the clock of this computer.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
  HOSTNAME_MISMATCH: otherName,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  EPROTO: noTls,
}

/** What a TLS failure code means; undefined when the code is not about TLS. */
export function tlsExplanation(code: string): TlsExplanation | undefined {
  const known = byCode[code]
  if (known !== undefined) return known
  if (!/^(CERT_|ERR_SSL_|ERR_TLS_|CRL_|UNABLE_TO_|INVALID_CA|PATH_LENGTH_)/.test(code)) return undefined
  return {
    message: `could not agree on a secure connection (${code}).`,
    next: 'Ask whoever runs the server, and tell them this code.',
  }
}
