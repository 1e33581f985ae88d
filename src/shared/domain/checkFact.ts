/** The vendor's clock minus the device's. */
interface ClockFact {
  readonly kind: 'clockOffset'
  readonly offsetMs: number
}

/** A fact beside the outcome of one step of a connection test, safe to show. */
export type StepFact =
  | ClockFact
  /** By the vendor's name. */
  | { readonly kind: 'permission'; readonly name: string }
  /** How many rooms the account sees. */
  | { readonly kind: 'rooms'; readonly count: number }

/** A fact beside the outcome of one check of the diagnostics page. */
export type CheckFact =
  | ClockFact
  | { readonly kind: 'secretStrength'; readonly strength: string }
  /** Of the rooms bound, those whose last read succeeded. */
  | { readonly kind: 'roomsRead'; readonly count: number; readonly bound: number }
