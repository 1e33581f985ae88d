import { ProviderError } from '../ProviderError.ts'

/** The code of an answer that was cut off for its length. */
export const BODY_TOO_LONG = 'BODY_TOO_LONG'

/**
 * Reads a body as UTF-8 text and stops the transfer as soon as it is longer than allowed: a `Content-Length` may be
 * missing or wrong, so the bytes themselves are counted (after decompression).
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
      // Not awaited: a transport that ignores the cancel must not keep the refusal waiting.
      reader.cancel().catch(() => undefined)
      throw new ProviderError('badResponse', `${name}: the answer is longer than ${maxBytes} bytes`, {
        vendorCode: BODY_TOO_LONG,
      })
    }
    text += decoder.decode(value, { stream: true })
  }
}
