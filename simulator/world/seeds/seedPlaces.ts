import { createPerson, type Person } from '../person.ts'
import { createRoom, noBookingRules, type Room } from '../room.ts'
import type { RoomsUnit } from '../roomsUnit.ts'
import type { World } from '../World.ts'

const building = {
  city: '杭州',
  building: '滨江一号',
  coordinate: { latitude: '30.208400', longitude: '120.212000' },
}

const rules = (minMinutes: number, maxMinutes: number, advanceDays: number | null = null) => ({
  rules: { ...noBookingRules, minMinutes, maxMinutes, advanceDays },
})

/** The rooms of the seed. 12 is the one a demo shows; 15 has no place and does not say whether it needs approval. */
const seedRooms: readonly Room[] = [
  createRoom({
    id: 12,
    name: '西湖',
    capacity: 8,
    ...building,
    floor: '3F',
    equipment: [1, 4],
    ...rules(15, 240),
  }),
  createRoom({ id: 13, name: '断桥', capacity: 6, ...building, floor: '3F', equipment: [1] }),
  createRoom({
    id: 14,
    name: '曲院',
    capacity: 4,
    ...building,
    floor: '3F',
    equipment: [4],
    ...rules(30, 120),
  }),
  createRoom({ id: 15, name: '临时洽谈间', capacity: 4, needsApproval: null }),
  createRoom({
    id: 21,
    name: '灵隐',
    capacity: 12,
    ...building,
    floor: '5F',
    equipment: [1, 5],
    needsApproval: true,
  }),
  createRoom({ id: 22, name: '三潭', capacity: 16, ...building, floor: '5F', equipment: [1, 3, 5] }),
  createRoom({
    id: 23,
    name: '龙井',
    capacity: 20,
    ...building,
    floor: '5F',
    equipment: [1, 2, 3, 4, 5],
    ...rules(30, 480, 30),
  }),
  createRoom({ id: 31, name: '雷峰', capacity: 10, ...building, floor: '8F', equipment: [2, 4, 5] }),
]

/** 1 is the company, 7 研发中心, 8 产品设计部, 9 市场部, 10 行政部. */
const seedPeople: readonly Person[] = [
  createPerson({ userId: 'chenlu', name: '陈璐', alias: 'Lucy', departmentIds: [7], position: '工程师' }),
  createPerson({ userId: 'wangbo', name: '王博', departmentIds: [7], position: '架构师' }),
  createPerson({ userId: 'liyan', name: '李妍', departmentIds: [8], position: '产品经理' }),
  createPerson({ userId: 'zhangwei', name: '张伟', departmentIds: [7], position: '研发总监' }),
  createPerson({ userId: 'zhaomin', name: '赵敏', departmentIds: [9], position: '市场经理' }),
  createPerson({ userId: 'sunhao', name: '孙浩', departmentIds: [7], position: '测试工程师' }),
  createPerson({ userId: 'zhouting', name: '周婷', departmentIds: [8], position: '设计师' }),
  createPerson({ userId: 'wujie', name: '吴杰', departmentIds: [9], position: '客户经理' }),
  createPerson({ userId: 'zhengkai', name: '郑凯', departmentIds: [7, 8], position: '项目经理' }),
  createPerson({ userId: 'linxue', name: '林雪', departmentIds: [10], position: '人事主管' }),
  createPerson({ userId: 'huangjing', name: '黄静', departmentIds: [10], position: '行政专员' }),
  createPerson({ userId: 'XuPeng', name: '徐鹏', departmentIds: [1], position: '总经理' }),
  createPerson({ userId: 'doorplate', name: '会议门牌', departmentIds: [10], position: '服务账号' }),
  // Left the company, and somebody the app's visible range leaves out.
  createPerson({ userId: 'tanghua', name: '唐华', departmentIds: [7], status: 5, isVisible: false }),
  createPerson({ userId: 'hejun', name: '何军', departmentIds: [1], position: '监察专员', isVisible: false }),
]

const unit = (meetingRoomId: string, name: string, floor: string, capacity: number): RoomsUnit => ({
  meetingRoomId,
  roomsIds: [`200${meetingRoomId}`],
  name,
  city: building.city,
  building: building.building,
  floor,
  capacity,
  status: 'auto',
  isBookable: true,
  accountType: 0,
})

/** Rooms hardware. No document maps these ids to the ids of office rooms; only the names agree. */
const seedUnits: readonly RoomsUnit[] = [
  unit('300417', '西湖', '3F', 8),
  unit('300418', '灵隐', '5F', 12),
  unit('300419', '龙井', '5F', 20),
]

/** Rooms, people and devices, with nothing booked. */
export function seedPlaces(world: World): void {
  for (const room of seedRooms) world.rooms.set(room.id, room)
  for (const person of seedPeople) world.people.set(person.userId.toLowerCase(), person)
  for (const one of seedUnits) world.units.set(one.meetingRoomId, one)
}
