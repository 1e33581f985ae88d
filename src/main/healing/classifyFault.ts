/**
 * Codes of faults that a network or a disk causes and time mends; Chromium's, Node's and the file system's. They must never
 * end the process, least of all right after the machine woke up.
 */
const passing = new RegExp(
  [
    'ERR_(?:NETWORK_IO_SUSPENDED|NETWORK_CHANGED|NETWORK_ACCESS_DENIED|INTERNET_DISCONNECTED|NAME_NOT_RESOLVED)',
    'ERR_(?:CONNECTION_[A-Z_]+|ADDRESS_UNREACHABLE|TIMED_OUT|ABORTED|PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION_FAILED)',
    'ERR_(?:SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|HTTP2_PROTOCOL_ERROR|QUIC_PROTOCOL_ERROR|SSL_PROTOCOL_ERROR)',
    '\\b(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EPIPE)\\b',
    '\\b(?:ENOSPC|EDQUOT|EROFS)\\b',
    // An answer given up while it arrives closes its stream twice, where nobody can catch it (nodejs/node#64529).
    'ERR_INVALID_STATE|ERR_STREAM_PREMATURE_CLOSE',
  ].join('|'),
)

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return `${error.name} ${code} ${error.message}`
}

/** Whether an error nobody caught is a bug that leaves the process in doubt, or a fault that passes. Pure. */
export function classifyFault(error: unknown): 'passing' | 'fatal' {
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))
    return 'passing'
  return passing.test(describe(error)) ? 'passing' : 'fatal'
}

/** Passing faults a minute that are still believed; more is a loop that no time mends. */
export const PASSING_FAULTS_PER_MINUTE = 20
