import type { DingtalkAccount, DingtalkRoomSource } from '../../../../../shared/settings/schema.ts'
import type { PlatformForm } from './PlatformForm.ts'

const SECRET = 'dingtalk.clientSecret'

/** DingTalk (钉钉) on the settings screen. */
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
  hints: [
    'secret',
    'token',
    'permission',
    'address',
    'pace',
    'month',
    'banned',
    'operator',
    'scope',
    'company',
    'room',
    'parameter',
    'busy',
  ],
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
