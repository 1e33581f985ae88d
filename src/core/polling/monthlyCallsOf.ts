import type { Account } from '../../shared/settings/schema.ts'

/** Calls a month this installation may spend: its even share of the organisation's; null where no quota is set. */
export function monthlyCallsOf(account: Account): number | null {
  if (account.platform === 'wecom' || account.monthlyCalls === null) return null
  return Math.floor(account.monthlyCalls / account.sharedByPanels)
}
