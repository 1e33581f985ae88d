import { describe, expect, it } from 'vitest'
import { settingsSchema } from './schema.ts'
import { settingsOfRoom } from './sections.ts'

const raw = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  display: { language: 'zh-CN', privacy: 'organizer' },
  rooms: [
    { id: 'xihu', source: { officeRoomId: 12 } },
    {
      id: 'lingyin',
      source: { officeRoomId: 13 },
      overrides: { display: { privacy: 'busy' }, actions: { title: '前台代订' } },
    },
  ],
}

describe('settingsOfRoom', () => {
  const settings = settingsSchema.parse(raw)

  it('is the site’s word where a room says nothing', () => {
    const { display, checkIn, actions } = settings
    for (const roomId of ['xihu', 'nowhere', null])
      expect(settingsOfRoom(settings, roomId)).toEqual({ display, checkIn, actions })
  })

  it('is the room’s word for the fields it names, and the site’s for all others', () => {
    const { display, checkIn, actions } = settings
    expect(settingsOfRoom(settings, 'lingyin')).toEqual({
      display: { ...display, privacy: 'busy' },
      checkIn,
      actions: { ...actions, title: '前台代订' },
    })
  })

  // A default filled in here would lay itself over what the site says.
  it('an override carries what was written and no defaults', () => {
    expect(settings.rooms[1]?.overrides).toEqual(raw.rooms[1]?.overrides)
  })

  it('a field that no room may decide is refused with its place', () => {
    const rooms = [{ id: 'xihu', source: { officeRoomId: 12 }, overrides: { display: { colour: 'red' } } }]
    const parsed = settingsSchema.safeParse({ ...raw, rooms })
    expect(parsed.error?.issues[0]?.path).toEqual(['rooms', 0, 'overrides', 'display'])
  })
})
