import type { DoctorText } from './doctorTexts.ts'

/** What the doctor looks at, in the order it tells. */
export const checkIds = [
  'settings',
  'secrets',
  'disk',
  'instance',
  'keyring',
  'sandbox',
  'gpu',
  'fonts',
  'clock',
  'dns',
  'proxy',
  'certificates',
] as const

/** See {@link checkIds}. */
export type CheckId = (typeof checkIds)[number]

/** `unknown`: it could not be looked at here, which is neither good nor bad. */
export type Outcome = 'ok' | 'warn' | 'fail' | 'unknown'

/** What one check found. The sentence is chosen by the reader's language; no fact is a secret. */
export interface Finding {
  readonly outcome: Outcome
  readonly text: DoctorText
  readonly facts?: Readonly<Record<string, string | number>>
}

/** Makes a finding. */
export const found = (outcome: Outcome, text: DoctorText, facts: Finding['facts'] = {}): Finding => ({
  outcome,
  text,
  facts,
})
