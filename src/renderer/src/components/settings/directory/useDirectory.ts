import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { ApiError } from '../../../../../shared/api/errors.ts'
import type {
  DirectoryEntry,
  DirectoryFilter,
  DirectoryRoomDraft,
} from '../../../../../shared/domain/directory.ts'
import type { AskAdmin } from '../../../settings/AskAdmin.ts'

/** No narrowing. */
export const noFilter: DirectoryFilter = { city: '', building: '', floor: '', equipment: [] }

/** A place the directory knows. */
export interface Place {
  readonly city: string
  readonly building: string
  readonly floor: string
}

/** The platform's directory as the section works with it. Every change is read back: the list shows what is, not what was asked. */
export interface DirectoryDesk {
  readonly rooms: ShallowRef<readonly DirectoryEntry[] | null>
  /** Every place of the whole directory, for the filters and for known buildings. */
  readonly places: ComputedRef<readonly Place[]>
  readonly filter: ShallowRef<DirectoryFilter>
  readonly isBusy: Ref<boolean>
  readonly failure: ShallowRef<ApiError | null>
  readonly list: (filter: DirectoryFilter) => Promise<void>
  /** @returns why it was refused, or null when it is done */
  readonly add: (room: DirectoryRoomDraft) => Promise<ApiError | null>
  readonly edit: (vendorId: string, room: DirectoryRoomDraft) => Promise<ApiError | null>
  readonly remove: (room: DirectoryEntry) => Promise<ApiError | null>
}

/** See {@link DirectoryDesk}. */
export function useDirectory(ask: AskAdmin): DirectoryDesk {
  const rooms = shallowRef<readonly DirectoryEntry[] | null>(null)
  const all = shallowRef<readonly DirectoryEntry[]>([])
  const filter = shallowRef<DirectoryFilter>(noFilter)
  const isBusy = ref(false)
  const failure = shallowRef<ApiError | null>(null)
  let asked = 0

  const isWhole = ({ city, equipment }: DirectoryFilter): boolean => city === '' && equipment.length === 0

  async function list(next: DirectoryFilter): Promise<void> {
    const mine = (asked += 1)
    filter.value = next
    isBusy.value = true
    const answer = await ask('directory.listRooms', { ...next, equipment: [...next.equipment] })
    if (mine !== asked) return
    isBusy.value = false
    failure.value = answer.ok ? null : answer.error
    rooms.value = answer.ok ? answer.data : null
    if (answer.ok && isWhole(next)) all.value = answer.data
  }

  async function settle(
    change: Promise<{ ok: true } | { ok: false; error: ApiError }>,
  ): Promise<ApiError | null> {
    isBusy.value = true
    const answer = await change
    isBusy.value = false
    if (!answer.ok) return answer.error
    const shown = filter.value
    await list(noFilter)
    if (!isWhole(shown)) await list(shown)
    return null
  }

  const sent = (room: DirectoryRoomDraft) => ({
    ...room,
    equipment: [...room.equipment],
    range: room.range && { userIds: [...room.range.userIds], departmentIds: [...room.range.departmentIds] },
  })

  return {
    rooms,
    places: computed(() => all.value.filter(({ city }) => city !== '')),
    filter,
    isBusy,
    failure,
    list,
    add: (room) => settle(ask('directory.addRoom', sent(room))),
    edit: (vendorId, room) => settle(ask('directory.editRoom', { vendorId, room: sent(room) })),
    remove: ({ vendorId, name }) => settle(ask('directory.deleteRoom', { vendorId, confirmedName: name })),
  }
}
