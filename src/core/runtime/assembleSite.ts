import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { settingsOfRoom } from '../../shared/settings/sections.ts'
import type { ActionJournal } from '../booking/createActionJournal.ts'
import { createActions } from '../booking/createActions.ts'
import type { DoorActions } from '../booking/DoorActions.ts'
import type { CheckIns } from '../checkIn/CheckIns.ts'
import { createCheckInLedger } from '../checkIn/createCheckInLedger.ts'
import { createCheckIns } from '../checkIn/createCheckIns.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import { statusRulesOf } from '../settings/panelConfig.ts'
import type { PinGuard } from '../settings/createPinGuard.ts'
import { createSite } from '../site/createSite.ts'
import { createSnapshotArchive } from '../site/createSnapshotArchive.ts'
import type { Site } from '../site/Site.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { ShownPlans } from './ShownPlans.ts'
import type { Source } from './createSource.ts'
import { createStatusTicker } from './createStatusTicker.ts'
import type { RoomShown } from './createStatusTicker.ts'

/** What every site of a core shares. */
export interface SharedParts extends Pick<CorePorts, 'clock' | 'log' | 'state' | 'random'> {
  readonly time: ServerTime
  readonly pins: Pick<PinGuard, 'check'>
  /** Outlives the settings in force. */
  readonly journal: ActionJournal
  readonly nextRevision: () => number
  readonly publish: (snapshot: RoomSnapshot) => void
  readonly onShown: (shown: RoomShown) => void
}

/** A site with all that acts in its rooms. */
export interface RunningSite extends ShownPlans {
  readonly source: Source
  readonly site: Site
  readonly checkIns: CheckIns
  readonly actions: DoorActions
  /** What a room shows now; null before anything is known of it. */
  shown(roomId: RoomId): RoomShown | null
  /** Begins to read and to watch. */
  start(): void
  /** Puts settings to work that touch neither rules nor account: see `planChange`. */
  takeView(settings: Settings): void
  /** Ends everything; what writes did is on record before the plan it belongs to is put away. */
  stop(): Promise<void>
}

/**
 * Puts a site together and takes up its last plans; nothing is called yet.
 * @param before plans of the same account's rooms that are in memory still; without them those on disk are taken up
 * @throws when a part cannot be made
 */
export async function assembleSite(
  shared: SharedParts,
  initial: Settings,
  source: Source,
  before: ShownPlans | null,
): Promise<RunningSite> {
  const { log, state, journal } = shared
  const { key: account, provider } = source
  let settings = initial
  const rulesOf = (roomId: RoomId) => statusRulesOf(settingsOfRoom(settings, roomId))
  const privacyOf = (roomId: RoomId) => settingsOfRoom(settings, roomId).display.privacy
  const { rooms } = initial

  const ticker = createStatusTicker({ ...shared, rulesOf })
  const ledger = createCheckInLedger({ ...shared, log: log.child('checkIn'), rooms, rulesOf, account })
  const site = createSite({
    ...shared,
    ...source,
    log: log.child('site'),
    settings: initial,
    archive: createSnapshotArchive(state, account, log.child('archive')),
    privacyOf,
    publish: (snapshot) => {
      ticker.note(snapshot)
      shared.publish(snapshot)
    },
    marks: {
      noteReading: (roomId, meetings) => ledger.noteReading(roomId, meetings),
      checkedInIds: (roomId) => ledger.checkedInIds(roomId),
      markOwn: (roomId, meetings) => journal.markOwn(roomId, meetings),
    },
  })
  const checkIns = createCheckIns({
    ...{ ...shared, log: log.child('checkIn') },
    ...{ rooms, rulesOf, ledger, site },
    actions: provider.actions ?? null,
  })
  const actions = createActions({
    ...{ ...shared, log: log.child('actions') },
    ...{ settings: initial, site, provider, checkIns },
  })
  await Promise.all([ledger.load(), journal.load()])
  await site.load(before)
  for (const { id } of rooms) {
    const snapshot = site.snapshot(id)
    if (snapshot !== null) ticker.note(snapshot)
  }

  return {
    source,
    site,
    checkIns,
    actions,
    settings: () => settings,
    snapshot: (roomId) => site.snapshot(roomId),
    shown: (roomId) => ticker.of(roomId),
    start() {
      site.start()
      checkIns.start()
    },
    takeView(next) {
      const last = settings
      settings = next
      const isOtherPrivacy = rooms.some(
        ({ id }) => settingsOfRoom(last, id).display.privacy !== privacyOf(id),
      )
      if (isOtherPrivacy) site.changePrivacy()
      ticker.lookAnew()
    },
    async stop() {
      await Promise.all([checkIns.stop(), actions.stop()])
      await site.stop()
      ticker.stop()
    },
  }
}
