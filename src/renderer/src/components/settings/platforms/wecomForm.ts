import type { WecomAccount, WecomRoomSource } from '../../../../../shared/settings/schema.ts'
import type { PlatformForm, RoomIdField } from './PlatformForm.ts'

const SECRET = 'wecom.corpSecret'

/** Drops an id that was emptied, so that the schema sees it as absent. */
function withId(source: WecomRoomSource, name: 'meetingRoomId' | 'roomsId', text: string): WecomRoomSource {
  const { [name]: _before, ...rest } = source
  return text.trim() === '' ? rest : { ...rest, [name]: text.trim() }
}

const officeRoomId: RoomIdField<WecomRoomSource> = {
  name: 'officeRoomId',
  keyboard: 'digits',
  maxLength: 15,
  read: (source) => (source.officeRoomId === undefined ? '' : String(source.officeRoomId)),
  write(source, text) {
    const { officeRoomId: _before, ...rest } = source
    const digits = text.replace(/\D/g, '')
    return digits === '' ? rest : { ...rest, officeRoomId: Number(digits) }
  },
}

const hardwareId = (name: 'meetingRoomId' | 'roomsId'): RoomIdField<WecomRoomSource> => ({
  name,
  keyboard: 'text',
  maxLength: 64,
  read: (source) => source[name] ?? '',
  write: (source, text) => withId(source, name, text),
})

/** WeCom (企业微信) on the settings screen. */
export const wecomForm: PlatformForm<WecomAccount, WecomRoomSource> = {
  addresses: [{ name: 'official', url: 'https://qyapi.weixin.qq.com' }],
  followingAddresses: [],
  credentials: [
    {
      name: 'corpId',
      testid: 'wecom-corp-id',
      maxLength: 64,
      read: ({ corpId }) => corpId,
      write: (account, corpId) => ({ ...account, corpId }),
    },
    { secret: SECRET, testid: 'wecom-secret' },
  ],
  secrets: [SECRET],
  toldFields: ['corpId', 'corpSecret', 'bookerUserId'],
  countsCalls: false,
  blankSource: { isSoleBooker: false },
  directoryId: ({ officeRoomId: id }) => (id === undefined ? null : String(id)),
  roomIds: [officeRoomId, hardwareId('meetingRoomId'), hardwareId('roomsId')],
  combineSources: (before, picked) => ({ ...before, ...picked, isSoleBooker: before.isSoleBooker }),
  soleBooker: {
    // An office room's plan names every booking; hardware alone sees only what this app booked.
    isAsked: (source) => source.officeRoomId === undefined,
    read: (source) => source.isSoleBooker,
    write: (source, isSoleBooker) => ({ ...source, isSoleBooker }),
  },
  hints: [
    'busy',
    'secret',
    'corpId',
    'token',
    'limit',
    'parallel',
    'switch',
    'withdrawn',
    'visibleRange',
    'disabled',
    'address',
    'person',
    'roomDisabled',
    'meetingsOff',
    'plan',
    'company',
    'tls',
  ],
  booker: {
    name: 'bookerUserId',
    maxLength: 64,
    doubts: ['letters'],
    read: ({ bookerUserId: id = '' }) => id,
    write(account, text) {
      const { bookerUserId: _before, ...rest } = account
      return text === '' ? rest : { ...rest, bookerUserId: text }
    },
    doubt: (id) => (/^[a-z\d][\w.@-]*$/i.test(id) ? null : 'letters'),
    suggest: () => '',
  },
  doorNotes: ['grid', 'approval', 'others', 'change', 'hardware'],
  hasDirectory: true,
  hasCheckIn: false,
}
