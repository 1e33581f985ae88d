import { addMeeting } from '../addMeeting.ts'
import type { Booking } from '../booking.ts'
import { type FeishuRoom, plainFeishuRoom } from '../feishuCalendar.ts'
import type { CheckInDevice } from '../roomUse.ts'
import { minuteMs } from '../shanghaiTime.ts'
import type { World } from '../World.ts'

const withCheckIn: FeishuRoom = { ...plainFeishuRoom, checkIn: 'on' }

/** Rooms with a check-in board beside the door, one nobody put a device in; the others have it switched off. */
export function seedFeishuRooms(world: World): void {
  for (const id of [12, 13, 21, 23, 31]) world.feishu.rooms.set(id, withCheckIn)
  world.feishu.rooms.set(15, { ...plainFeishuRoom, checkIn: 'noDevice' })
}

const privateSubjects = ['一对一沟通', '绩效面谈']
const onlineSubjects = [
  '接口联调',
  '版本评审 v3.2',
  '与海外团队周例会',
  '客户需求澄清：万象项目',
  '产品路线图工作坊',
]
const devices: readonly CheckInDevice[] = ['panel', 'qr', 'touchScreen', 'controller']

/** Who has come checked in three minutes before or two after the start; every fourth group forgot to. */
function checkIn(world: World, booking: Booking, index: number): void {
  const device = devices[index % devices.length]
  if (index % 4 === 3 || device === undefined) return
  const atMs = booking.startMs + (index % 3 === 2 ? 2 : -3) * minuteMs
  world.bookings.patch(booking.id, { checkIn: { state: 'checkedIn', atMs, device } })
}

/** What else is known of the seed's day: who checked in, what is private, what has a video meeting, which one runs. */
export function seedFeishu(world: World): void {
  const nowMs = world.clock.now()
  let begun = 0
  for (const booking of world.bookings.all()) {
    if (privateSubjects.includes(booking.subject)) world.bookings.patch(booking.id, { isPrivate: true })
    if (onlineSubjects.includes(booking.subject)) world.bookings.patch(booking.id, { isOnline: true })
    const mode = world.feishu.rooms.get(booking.roomId)?.checkIn ?? 'off'
    if (mode !== 'on' || booking.status !== 'booked' || booking.startMs > nowMs) continue
    checkIn(world, booking, begun)
    begun += 1
  }
  const running = world.bookings
    .all()
    .find((one) => one.subject === '接口联调' && one.startMs <= nowMs && one.endMs > nowMs)
  if (running === undefined) return
  const { subject, bookerId: adminUserId, attendeeIds, startMs, endMs } = running
  const more = { attendeeIds, bookingId: running.id, ownerAppId: null, unitIds: [] }
  addMeeting(world, { subject, adminUserId, startMs, endMs, ...more })
}
