import type { Account } from '../../../shared/settings/schema.ts'

/** An account of a platform that counts calls by the month. */
export type CountedAccount = Extract<Account, { readonly monthlyCalls: number | null }>

/** The account, where its platform counts calls by the month; else null. */
export function countedAccount(account: Account): CountedAccount | null {
  return 'monthlyCalls' in account ? account : null
}
