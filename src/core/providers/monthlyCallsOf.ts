/** Calls a month an account has for this panel: its own part of what the organisation's panels share; null where nothing is counted. */
export const monthlyCallsOf = ({ monthlyCalls, sharedByPanels }: MonthlyShare): number | null =>
  monthlyCalls === null ? null : Math.floor(monthlyCalls / sharedByPanels)

interface MonthlyShare {
  readonly monthlyCalls: number | null
  readonly sharedByPanels: number
}
