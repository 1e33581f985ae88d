import type { Platform } from '../../shared/domain/platform.ts'
import { SETTINGS_VERSION } from '../../shared/settings/schema.ts'
import type { Account, Settings } from '../../shared/settings/schema.ts'
import { parseSettings } from './parseSettings.ts'

/** Stands for what only an admin knows while the schema fills in the rest. */
const TYPED = 'omm_typed'

/** The least a file can say of each platform. */
const leastFiles: Readonly<Record<Platform, { readonly account: object; readonly source: object }>> = {
  wecom: { account: { corpId: TYPED }, source: { roomsId: TYPED } },
  dingtalk: { account: { clientId: TYPED, operatorUnionId: TYPED }, source: { roomId: TYPED } },
  feishu: { account: { appId: TYPED }, source: { roomId: TYPED } },
}

function blankAccount(account: Account): Account {
  switch (account.platform) {
    case 'wecom':
      return { ...account, corpId: '' }
    case 'dingtalk':
      return { ...account, clientId: '', operatorUnionId: '' }
    case 'feishu':
      return { ...account, appId: '' }
  }
}

function blankOf(platform: Platform): Settings {
  const { account, source } = leastFiles[platform]
  const parsed = parseSettings({
    version: SETTINGS_VERSION,
    account: { platform, ...account },
    rooms: [{ id: 'typed', source }],
  })
  if (!parsed.ok) throw new Error(`the least file of ${platform} is refused`)
  return { ...parsed.settings, account: blankAccount(parsed.settings.account), rooms: [] }
}

/** What an admin begins with on each platform: the schema's own defaults, no room, and empty text where only the admin knows. */
export function blankSettings(): Readonly<Record<Platform, Settings>> {
  return { wecom: blankOf('wecom'), dingtalk: blankOf('dingtalk'), feishu: blankOf('feishu') }
}
