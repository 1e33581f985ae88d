import { directoryLimits } from '../../../shared/domain/directory.ts'
import type { DirectoryEntry, DirectoryRoomDraft } from '../../../shared/domain/directory.ts'

/** A room of the directory as it is typed: every field is text until it has been judged. */
export interface RoomForm {
  readonly name: string
  readonly capacity: string
  readonly city: string
  readonly building: string
  readonly floor: string
  readonly equipment: readonly number[]
  readonly latitude: string
  readonly longitude: string
  /** Whether the range of those who may book is left alone or replaced as a whole. */
  readonly range: 'keep' | 'replace'
  readonly userIds: string
  readonly departmentIds: string
}

/** Where a mistake is and which sentence tells the remedy (`settings.directory.issue.<reason>`). */
export interface RoomFormIssue {
  readonly field: Exclude<keyof RoomForm, 'equipment' | 'range'>
  readonly reason: RoomFormReason
}

/** Every reason a room can be refused for before the platform is asked. */
export const roomFormReasons = [
  'nameMissing',
  'nameLong',
  'capacity',
  'cityMissing',
  'buildingMissing',
  'floorMissing',
  'placeLong',
  'placeStays',
  'latitude',
  'longitude',
  'coordinatesAlone',
  'coordinatesPlace',
  'rangeEmpty',
  'userIds',
  'usersMany',
  'departmentIds',
  'departmentsMany',
] as const

/** See {@link roomFormReasons}. */
export type RoomFormReason = (typeof roomFormReasons)[number]

/** What the platform already has: null for a new room. */
export interface RoomFormContext {
  readonly before: DirectoryEntry | null
  /** Its coordinates cannot be changed through the API (D:93619). */
  readonly isBuildingKnown: boolean
}

const limits = directoryLimits

/** An empty form. */
export const blankRoomForm: RoomForm = {
  name: '',
  capacity: '',
  city: '',
  building: '',
  floor: '',
  equipment: [],
  latitude: '',
  longitude: '',
  range: 'keep',
  userIds: '',
  departmentIds: '',
}

/** The form of a room that exists. Its range cannot be read through the API, so it is left alone. */
export function roomFormOf(entry: DirectoryEntry): RoomForm {
  const { name, capacity, city, building, floor, equipment, latitude, longitude } = entry
  return {
    ...blankRoomForm,
    name,
    capacity: String(capacity),
    city,
    building,
    floor,
    equipment,
    latitude,
    longitude,
  }
}

/** Ids as people type them: apart by commas, semicolons, spaces or lines, in either width. */
export const splitIds = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .split(/[\s,;、]+/)
    .filter((id) => id !== '')

const placeFields = ['city', 'building', 'floor'] as const

function placeIssues(form: RoomForm, { before }: RoomFormContext): readonly RoomFormIssue[] {
  const given = placeFields.filter((field) => form[field].trim() !== '')
  const long = placeFields.filter((field) => form[field].trim().length > limits.place)
  if (long.length > 0) return long.map((field) => ({ field, reason: 'placeLong' }))
  const hadPlace = before !== null && before.city !== ''
  // The API reads an absent position as "leave it": there is no call that takes a position away.
  if (given.length === 0) return hadPlace ? [{ field: 'city', reason: 'placeStays' }] : []
  const reasons = { city: 'cityMissing', building: 'buildingMissing', floor: 'floorMissing' } as const
  return placeFields
    .filter((field) => !given.includes(field))
    .map((field) => ({ field, reason: reasons[field] }))
}

function isDegrees(text: string, limit: number): boolean {
  const digits = limit === 90 ? 2 : 3
  return new RegExp(`^-?\\d{1,${digits}}(\\.\\d{1,10})?$`).test(text) && Math.abs(Number(text)) <= limit
}

function coordinateIssues(form: RoomForm, { isBuildingKnown }: RoomFormContext): readonly RoomFormIssue[] {
  const [latitude, longitude] = [form.latitude.trim(), form.longitude.trim()]
  if (isBuildingKnown || (latitude === '' && longitude === '')) return []
  if (latitude === '') return [{ field: 'latitude', reason: 'coordinatesAlone' }]
  if (longitude === '') return [{ field: 'longitude', reason: 'coordinatesAlone' }]
  const issues: RoomFormIssue[] = []
  if (!isDegrees(latitude, 90)) issues.push({ field: 'latitude', reason: 'latitude' })
  if (!isDegrees(longitude, 180)) issues.push({ field: 'longitude', reason: 'longitude' })
  // Coordinates belong to a building: without one they would be dropped in silence.
  if (form.building.trim() === '') issues.push({ field: 'latitude', reason: 'coordinatesPlace' })
  return issues
}

function rangeIssues(form: RoomForm): readonly RoomFormIssue[] {
  if (form.range === 'keep') return []
  const [users, departments] = [splitIds(form.userIds), splitIds(form.departmentIds)]
  if (users.length + departments.length === 0) return [{ field: 'userIds', reason: 'rangeEmpty' }]
  const issues: RoomFormIssue[] = []
  if (users.length > limits.rangeEntries) issues.push({ field: 'userIds', reason: 'usersMany' })
  else if (users.some((id) => id.length > limits.userId)) issues.push({ field: 'userIds', reason: 'userIds' })
  if (departments.length > limits.rangeEntries)
    issues.push({ field: 'departmentIds', reason: 'departmentsMany' })
  else if (!departments.every((id) => /^[1-9]\d{0,14}$/.test(id)))
    issues.push({ field: 'departmentIds', reason: 'departmentIds' })
  return issues
}

/** Every mistake in the form, field by field, by WeCom's limits (D:93619). Empty means the platform may be asked. */
export function judgeRoomForm(form: RoomForm, context: RoomFormContext): readonly RoomFormIssue[] {
  const issues: RoomFormIssue[] = []
  const name = form.name.trim()
  if (name === '') issues.push({ field: 'name', reason: 'nameMissing' })
  if (name.length > limits.name) issues.push({ field: 'name', reason: 'nameLong' })
  const capacity = form.capacity.trim()
  if (!/^[1-9]\d{0,5}$/.test(capacity) || Number(capacity) > limits.seats)
    issues.push({ field: 'capacity', reason: 'capacity' })
  return [...issues, ...placeIssues(form, context), ...coordinateIssues(form, context), ...rangeIssues(form)]
}

/** What is sent for a form without mistakes. Coordinates of a known building are not sent: they cannot change. */
export function roomDraftOf(form: RoomForm, { isBuildingKnown }: RoomFormContext): DirectoryRoomDraft {
  return {
    name: form.name.trim(),
    capacity: Number(form.capacity),
    city: form.city.trim(),
    building: form.building.trim(),
    floor: form.floor.trim(),
    equipment: [...form.equipment],
    latitude: isBuildingKnown ? '' : form.latitude.trim(),
    longitude: isBuildingKnown ? '' : form.longitude.trim(),
    range:
      form.range === 'keep'
        ? null
        : {
            userIds: [...new Set(splitIds(form.userIds))],
            departmentIds: [...new Set(splitIds(form.departmentIds))].map(Number),
          },
  }
}
