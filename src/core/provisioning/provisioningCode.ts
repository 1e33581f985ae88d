import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What every code of this kind begins with; the number is the version of the form. */
const PREFIX = 'doorplate:1:'

/** Enough to notice a keyboard that types `z` for `y`, or a code that was cut. */
const CHECK_LENGTH = 8

/** Longer than any code that fits into a picture. */
export const MAX_CODE_LENGTH = 6000

const checkOf = (body: string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, CHECK_LENGTH)

/** What a scanned or pasted text turns out to be. */
export type DecodedCode =
  | { readonly kind: 'read'; readonly json: unknown }
  | { readonly kind: 'noCode' }
  /** Made by a later version. */
  | { readonly kind: 'unknownForm' }
  | { readonly kind: 'damaged' }

/** A provisioning file as one line that a scanner can type: `doorplate:1:<base64url>:<check>`. It is as secret as the file. */
export function encodeProvisioning(json: unknown): string {
  const body = Buffer.from(JSON.stringify(json), 'utf8').toString('base64url')
  return `${PREFIX}${body}:${checkOf(body)}`
}

const codePattern = /^doorplate:(\d+):([\w-]*)(?::([\w-]*))?$/

/** Reads what {@link encodeProvisioning} wrote; line breaks and blanks from a mail or a terminal do not matter. */
export function decodeProvisioning(text: string): DecodedCode {
  const code = text.replace(/\s+/g, '')
  if (!code.startsWith('doorplate:')) return { kind: 'noCode' }
  const [, form, body = '', check] = codePattern.exec(code) ?? []
  if (form !== undefined && form !== '1') return { kind: 'unknownForm' }
  if (form === undefined || check !== checkOf(body)) return { kind: 'damaged' }
  const json = z
    .string()
    .transform((body64, context): unknown => {
      try {
        return JSON.parse(Buffer.from(body64, 'base64url').toString('utf8'))
      } catch {
        context.addIssue('is not JSON')
        return z.NEVER
      }
    })
    .safeParse(body)
  return json.success ? { kind: 'read', json: json.data } : { kind: 'damaged' }
}
