import type { FeishuAccount, FeishuRoomSource } from '../../../../../shared/settings/schema.ts'
import type { PlatformForm } from './PlatformForm.ts'

const SECRET = 'feishu.appSecret'

/** Feishu and Lark (飞书) on the settings screen. */
export const feishuForm: PlatformForm<FeishuAccount, FeishuRoomSource> = {
  addresses: [
    { name: 'feishu', url: 'https://open.feishu.cn' },
    { name: 'lark', url: 'https://open.larksuite.com' },
  ],
  followingAddresses: [],
  credentials: [
    {
      name: 'appId',
      testid: 'feishu-app-id',
      maxLength: 128,
      read: ({ appId }) => appId,
      write: (account, appId) => ({ ...account, appId }),
    },
    { secret: SECRET, testid: 'feishu-secret' },
  ],
  secrets: [SECRET],
  toldFields: ['appId', 'appSecret', 'bookerOpenId', 'monthlyCalls', 'sharedByPanels'],
  countsCalls: true,
  blankSource: { roomId: '' },
  directoryId: () => null,
  roomIds: [
    {
      name: 'roomId',
      keyboard: 'text',
      maxLength: 124,
      read: ({ roomId }) => roomId,
      write: (_source, text) => ({ roomId: text.trim() }),
    },
  ],
  combineSources: (_before, picked) => picked,
  soleBooker: null,
  hints: [
    'appId',
    'secret',
    'notInstalled',
    'token',
    'permission',
    'meetingAdmin',
    'address',
    'brand',
    'bot',
    'pace',
    'month',
    'clock',
    'room',
    'parameter',
    'busy',
  ],
  booker: {
    name: 'bookerOpenId',
    maxLength: 128,
    doubts: ['union', 'other'],
    read: ({ bookerOpenId: id = '' }) => id,
    write(account, text) {
      const { bookerOpenId: _before, ...rest } = account
      return text === '' ? rest : { ...rest, bookerOpenId: text }
    },
    doubt: (id) => (id.startsWith('ou_') ? null : id.startsWith('on_') ? 'union' : 'other'),
    suggest: () => '',
  },
  doorNotes: ['approval', 'answer', 'change'],
  hasDirectory: false,
  hasCheckIn: true,
}
