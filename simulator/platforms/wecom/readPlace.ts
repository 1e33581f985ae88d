import { FieldError, type Fields, isGiven, optional, readFilledText } from '../../http/fields.ts'
import type { Room } from '../../world/room.ts'

/** A place filter: each level needs the one above it. */
export interface PlaceFilter {
  readonly city: string | undefined
  readonly building: string | undefined
  readonly floor: string | undefined
}

/** D:93619, D:93620. @throws FieldError for a level without the one above */
export function readPlaceFilter(body: Fields): PlaceFilter {
  const read = optional(readFilledText)
  const filter = { city: read(body, 'city'), building: read(body, 'building'), floor: read(body, 'floor') }
  if (filter.building !== undefined && filter.city === undefined)
    throw new FieldError('city', 'given with building')
  if (filter.floor !== undefined && filter.building === undefined)
    throw new FieldError('building', 'given with floor')
  return filter
}

export const isInPlace = (room: Room, { city, building, floor }: PlaceFilter): boolean =>
  (city === undefined || room.city === city) &&
  (building === undefined || room.building === building) &&
  (floor === undefined || room.floor === floor)

/** D:93619: a room has all three levels or none. @throws FieldError */
export function readFullPlace(
  body: Fields,
): { readonly city: string; readonly building: string; readonly floor: string } | null {
  const levels = ['city', 'building', 'floor']
  if (!levels.some((level) => isGiven(body, level))) return null
  const [missing] = levels.filter((level) => !isGiven(body, level))
  if (missing !== undefined) throw new FieldError(missing, 'given: city, building and floor go together')
  return {
    city: readFilledText(body, 'city'),
    building: readFilledText(body, 'building'),
    floor: readFilledText(body, 'floor'),
  }
}
