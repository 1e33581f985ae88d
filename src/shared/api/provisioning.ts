import type { Platform } from '../domain/platform.ts'
import type { ConnectionStepReport } from './admin.ts'

/** Why a carried file or code cannot set a panel up. */
export const carriedProblems = [
  /** The file is not JSON. */
  'notJson',
  /** Some fields do not fit; they are named. */
  'wrongFields',
  /** A table of devices without a line for this one. */
  'noLine',
  /** A table with more than one line for this device. */
  'severalLines',
  /** The text is no code of ours. */
  'noCode',
  /** A code of a later version. */
  'unknownForm',
  /** The code was cut or mistyped. */
  'damaged',
  /** The stick was pulled, or holds another file by now. */
  'gone',
  /** It holds no secret and none is stored. */
  'noSecret',
] as const

/** See {@link carriedProblems}. */
export type CarriedProblem = (typeof carriedProblems)[number]

/** Why it cannot be used, with what the sentence names. */
export interface CarriedRefusal {
  readonly problem: CarriedProblem
  /** Paths of the fields that do not fit, without values. */
  readonly fields: readonly string[]
  /** What this device is called in a table. */
  readonly hostName: string
}

/** A provisioning file on a stick, without anything secret. */
export interface CarriedOffer {
  /** What is taken is what was shown: another content has another id. */
  readonly id: string
  readonly fileName: string
  readonly content: { readonly platform: Platform; readonly rooms: readonly string[] } | null
  readonly refusal: CarriedRefusal | null
}

/** What can be carried to this panel, and what is there now. */
export interface CarriedOffers {
  /** False where files belong to the host's operator. */
  readonly canUseStick: boolean
  readonly offers: readonly CarriedOffer[]
}

/** How taking over ended; only `saved` changed anything. */
export type TakeOutcome =
  | {
      readonly kind: 'saved'
      readonly room: string
      /** False: the stick could not be written and still holds the secrets. */
      readonly isErased: boolean
    }
  | {
      readonly kind: 'testFailed'
      readonly platform: Platform
      readonly steps: readonly ConnectionStepReport[]
    }
  | { readonly kind: 'refused'; readonly refusal: CarriedRefusal }
