import { expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { GALLERY_NOW_MS, at, meeting } from '../gallery/gallerySnapshot.ts'
import { upcomingMeetings } from './upcomingMeetings.ts'

const titles = (...meetings: ReturnType<typeof meeting>[]) =>
  upcomingMeetings(meetings, GALLERY_NOW_MS, createZone('Asia/Shanghai')).map(({ title }) => title)

it('names what has yet to start today, soonest first', () => {
  expect(
    titles(
      meeting(at(15), at(16), 'later', null),
      meeting(at(10), at(11), 'running', null),
      meeting(at(11), at(12), 'next', null),
      meeting(at(9), at(10), 'over', null),
      meeting(at(25), at(26), 'tomorrow', null),
    ),
  ).toEqual(['next', 'later'])
})

it('leaves out what does not count', () => {
  expect(
    titles(
      meeting(at(11), at(12), 'cancelled', null, { state: 'cancelled' }),
      meeting(at(11), at(11), 'empty', null),
      meeting(at(12), at(13), 'released', null, { state: 'released', releasedAtMs: at(11) }),
      meeting(at(13), at(14), 'tentative', null, { state: 'tentative' }),
    ),
  ).toEqual(['tentative'])
})
