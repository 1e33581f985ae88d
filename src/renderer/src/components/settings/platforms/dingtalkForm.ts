import type { DingtalkAccount, DingtalkRoomSource } from '../../../../../shared/settings/schema.ts'
import type { PlatformForm } from './PlatformForm.ts'

const SECRET = 'dingtalk.clientSecret'
const DENIED = 'Forbidden.AccessDenied'

/** DingTalk (钉钉) on the settings screen. Codes: E:server-api-error-codes-1, numbers are the older `topapi` calls'. */
export const dingtalkForm: PlatformForm<DingtalkAccount, DingtalkRoomSource> = {
  addresses: [
    { name: 'mainland', url: 'https://api.dingtalk.com' },
    { name: 'global', url: 'https://api.dingtalk.io' },
  ],
  followingAddresses: [
    {
      name: 'oapiBaseUrl',
      read: (account) => account.oapiBaseUrl ?? '',
      write(account, text) {
        const { oapiBaseUrl: _before, ...rest } = account
        return text === '' ? rest : { ...rest, oapiBaseUrl: text }
      },
    },
  ],
  credentials: [
    {
      name: 'clientId',
      testid: 'dingtalk-client-id',
      maxLength: 128,
      read: ({ clientId }) => clientId,
      write: (account, clientId) => ({ ...account, clientId }),
    },
    { secret: SECRET, testid: 'dingtalk-secret' },
    {
      name: 'operatorUnionId',
      testid: 'dingtalk-operator',
      maxLength: 128,
      read: ({ operatorUnionId }) => operatorUnionId,
      write: (account, operatorUnionId) => ({ ...account, operatorUnionId }),
    },
  ],
  secrets: [SECRET],
  toldFields: [
    'clientId',
    'clientSecret',
    'operatorUnionId',
    'bookerUnionId',
    'oapiBaseUrl',
    'monthlyCalls',
    'sharedByPanels',
  ],
  countsCalls: true,
  blankSource: { roomId: '' },
  directoryId: () => null,
  roomIds: [
    {
      name: 'roomId',
      keyboard: 'text',
      maxLength: 128,
      read: ({ roomId }) => roomId,
      write: (_source, text) => ({ roomId: text.trim() }),
    },
  ],
  combineSources: (_before, picked) => picked,
  soleBooker: null,
  vendorTexts: {
    invalidClientIdOrSecret: 'secret',
    invalid_client: 'secret',
    InvalidAuthentication: 'token',
    '40014': 'token',
    '42001': 'token',
    '88': 'token',
    [`${DENIED}.AccessTokenPermissionDenied`]: 'permission',
    '60011': 'permission',
    [`${DENIED}.IpNotInWhiteList`]: 'address',
    '60020': 'address',
    [`${DENIED}.QpsLimitForAppkeyAndApi`]: 'pace',
    [`${DENIED}.QpmLimitForAppkeyAndApi`]: 'pace',
    [`${DENIED}.QpsLimitForApi`]: 'pace',
    'system.busy': 'pace',
    systemBusy: 'pace',
    '90018': 'pace',
    '90002': 'pace',
    [`${DENIED}.ApiCountLimitForOrg`]: 'month',
    '90020': 'month',
    '1111': 'banned',
    'user.not.employee': 'operator',
    '33012': 'operator',
    '60121': 'operator',
    permissionDeny: 'scope',
    permissionDenied: 'scope',
    '50002': 'scope',
    'org.not.found': 'company',
    'room.not.found': 'room',
    'param.error': 'parameter',
    invalidParameter: 'parameter',
    '400002': 'parameter',
    'system.error': 'busy',
    unknownError: 'busy',
    'service.timeout': 'busy',
    '-1': 'busy',
  },
  booker: {
    name: 'bookerUnionId',
    maxLength: 128,
    doubts: ['digits'],
    read: ({ bookerUnionId: id = '' }) => id,
    write(account, text) {
      const { bookerUnionId: _before, ...rest } = account
      return text === '' ? rest : { ...rest, bookerUnionId: text }
    },
    doubt: (id) => (/^\d+$/.test(id) ? 'digits' : null),
    suggest: ({ operatorUnionId }) => operatorUnionId,
  },
  doorNotes: ['approval', 'rules', 'change', 'limit'],
  hasDirectory: false,
  hasCheckIn: false,
}
