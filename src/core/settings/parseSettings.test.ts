import { describe, expect, it } from 'vitest'
import { parseSettings } from './parseSettings.ts'

const feishu = { platform: 'feishu', appId: 'cli_a1' }
const pathsOf = (raw: unknown): readonly string[] => {
  const parsed = parseSettings(raw)
  return parsed.ok ? [] : parsed.issues.map(({ path }) => path)
}

describe('parseSettings', () => {
  // An admin who mends one field and starts again must not meet the next fault one by one.
  it('names a wrong room source beside faults elsewhere in the document', () => {
    const rooms = [
      { id: 'good', source: { roomId: 'omm_1' } },
      { id: 'bad', source: { roomId: 'nothing', roomid: 'omm_2' } },
    ]
    const document = { version: 1, account: { ...feishu, appid: 1 }, rooms, timeZone: 'Nowhere', polling: 3 }
    expect([...pathsOf(document)].sort()).toEqual([
      'account.appid',
      'polling',
      'rooms.1.source.roomId',
      'rooms.1.source.roomid',
      'timeZone',
    ])
  })

  it('names a fault once, also where the source itself is none or the platform is unknown', () => {
    const room = { id: 'a', source: 7 }
    expect(pathsOf({ version: 1, account: feishu, rooms: [room] })).toEqual(['rooms.0.source'])
    expect(pathsOf({ version: 1, account: { platform: 'zoom' }, rooms: [{ id: 'a', source: {} }] })).toEqual([
      'account.platform',
    ])
    expect(pathsOf('none')).toEqual([''])
  })
})
