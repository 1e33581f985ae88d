import { ProviderError } from '../ProviderError.ts'

/** The code of an answer that was cut off for its length. */
export const BODY_TOO_LONG = 'BODY_TOO_LONG'

/**
 * Reads a body as UTF-8 text and stops reading as soon as it is longer than allowed: a `Content-Length` may be missing or
 * wrong, so the bytes themselves are counted (after decompression). The transfer is ended by the call's signal alone: to
 * cancel the reader does not end Electron's, and after six of those nothing more is sent to that host.
 * @param name the call's name, for the error's text
 * @throws ProviderError of kind `badResponse` when it is too long
 */
export async function readBody(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  name: string,
): Promise<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > maxBytes) {
      throw new ProviderError('badResponse', `${name}: the answer is longer than ${maxBytes} bytes`, {
        vendorCode: BODY_TOO_LONG,
      })
    }
    text += decoder.decode(value, { stream: true })
  }
}
