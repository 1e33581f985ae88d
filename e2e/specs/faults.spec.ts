import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { askFrom, becomeAdmin } from '../fixtures/AdminClient.ts'
import type { FaultInput } from '../fixtures/SimulatorClient.ts'
import { SIMULATED_SECRETS, WEST_LAKE } from '../fixtures/panelSettings.ts'
import { screenText } from '../fixtures/texts.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import type { ProviderErrorKind } from '../../src/shared/domain/providerErrorKind.ts'

const NEXT_READ_MS = 36_000
/** The panel as shipped believes an empty plan for so long. */
const LIMIT_MS = 15 * MINUTE_MS
/** Longest pause after answers that were no good, jitter included. */
const LONGEST_BACKOFF_MS = 6 * MINUTE_MS
/** Longest pause after a refusal that only a person can mend, jitter included. */
const LONGEST_PAUSE_MS = 12 * MINUTE_MS
const room = WEST_LAKE.officeRoomId
const BOOKINGS = 'meetingroom/get_booking_info'

interface FaultCase {
  readonly name: string
  readonly fault: FaultInput
  /** What the screen must say is wrong; null where several are right. */
  readonly cause: ProviderErrorKind | null
  /** Worth a panel of its own that never read anything before. */
  readonly isAlsoFirst?: true
}

const cases: readonly FaultCase[] = [
  { name: 'half a JSON', fault: { kind: 'truncate', route: BOOKINGS }, cause: 'network' },
  { name: 'garbled JSON', fault: { kind: 'corrupt', route: BOOKINGS }, cause: 'badResponse' },
  { name: 'HTML instead of JSON', fault: { kind: 'html' }, cause: 'badResponse', isAlsoFirst: true },
  { name: 'an empty body', fault: { kind: 'emptyBody' }, cause: 'badResponse' },
  { name: 'wrong types', fault: { kind: 'wrongTypes', route: BOOKINGS }, cause: 'badResponse' },
  { name: 'missing fields', fault: { kind: 'missingFields', route: BOOKINGS }, cause: 'badResponse' },
  {
    name: 'the room left out',
    fault: { kind: 'missingRoom', meetingroomId: String(room) },
    cause: null,
    isAlsoFirst: true,
  },
  {
    name: 'a body without end',
    fault: { kind: 'oversize', bytes: 24 * 1024 * 1024, route: BOOKINGS },
    cause: null,
  },
  {
    name: 'a body that drips',
    fault: { kind: 'slowBody', ms: 30_000, bytes: 4, route: BOOKINGS },
    cause: 'network',
  },
  { name: 'no answer', fault: { kind: 'delay', ms: 600_000 }, cause: 'network', isAlsoFirst: true },
  { name: 'a dropped connection', fault: { kind: 'drop' }, cause: 'network' },
  { name: 'a server fault', fault: { kind: 'status', status: 502 }, cause: 'server', isAlsoFirst: true },
  {
    name: 'too many calls',
    fault: { kind: 'errcode', errcode: 45009, route: BOOKINGS },
    cause: 'rateLimited',
    isAlsoFirst: true,
  },
  {
    name: 'a wrong secret',
    fault: { kind: 'errcode', errcode: 40001, route: 'gettoken' },
    cause: 'auth',
    isAlsoFirst: true,
  },
  { name: 'no permission', fault: { kind: 'errcode', errcode: 48002, route: BOOKINGS }, cause: 'permission' },
  {
    name: 'an errcode nobody knows',
    fault: { kind: 'errcode', errcode: 987654, route: BOOKINGS },
    cause: null,
  },
]

const causeText = (cause: ProviderErrorKind): string =>
  screenText('zh-CN', `cause.${cause}`, { platform: screenText('zh-CN', 'platform.wecom') })

async function hasCause({ screen }: Door, cause: ProviderErrorKind | null): Promise<boolean> {
  const said = await screen.part('status-lead').textContent()
  return cause === null ? said !== screenText('zh-CN', 'cause.firstRead') : said === causeText(cause)
}

/** What the log says a room that cannot be read became, one entry a line. */
const faultsIn = (log: string): readonly string[] =>
  [...log.matchAll(/room cannot be read.*?"to":"([^"]+)"/g)].map(([, to = '']) => to)

test('a free room that meets every fault in turn ends in unknown each time and recovers by itself', async ({
  door,
}) => {
  test.slow()
  const { screen, simulator, display } = door
  await screen.expectStatus('free')
  for (const { name, fault } of cases) {
    await test.step(name, async () => {
      const before = await display.log()
      // So that a fault of the token's own call strikes too.
      await simulator.rotateTokens()
      await simulator.addFault(fault)
      await door.passUntilStatus('unknown', LIMIT_MS + 3 * MINUTE_MS)
      const added = (await display.log()).slice(before.length)
      // On a busy machine a leap of time may overtake a call first: a change of its own, with a line of its own.
      const became = faultsIn(added)
      expect(became.length, added).toBeGreaterThan(0)
      expect([...new Set(became)], `one line for one change: ${added}`).toEqual(became)
      await simulator.clearFaults()
      await door.passUntilStatus('free', LONGEST_PAUSE_MS)
    })
  }
  const kinds = new Set((await screen.history()).map(({ status }) => status))
  expect([...kinds].sort()).toEqual(['free', 'unknown'])
  expect(await display.written()).not.toContain(SIMULATED_SECRETS['wecom.corpSecret'])
})

// Electron keeps the connection of an answer that is given up unless the request is aborted, and has six a host.
test('eight answers that are too long, and the next good one is read at its time', async ({ door }) => {
  const { screen, simulator } = door
  await screen.expectStatus('free')
  const times = 8
  await simulator.addFault({ kind: 'oversize', bytes: 24 * 1024 * 1024, route: BOOKINGS, times })
  // A step lets one of them strike at most, and on a busy machine none: as many steps as it takes.
  await expect
    .poll(
      async () => {
        await door.advance(LONGEST_BACKOFF_MS)
        return (await simulator.state()).faults.length
      },
      { message: 'all eight were sent', intervals: [100], timeout: 60_000 },
    )
    .toBe(0)
  await simulator.addBooking({ room, durationMinutes: 30 })
  await door.passUntilStatus('busy', LONGEST_BACKOFF_MS)
})

const firstReads = cases.filter(({ isAlsoFirst }) => isAlsoFirst)
for (const { name, fault, cause } of firstReads) {
  test(`${name} from the first read on: unknown with its cause, never free`, async ({
    openDoor,
    simulator,
  }) => {
    await simulator.addFault(fault)
    const door = await openDoor()
    await door.screen.expectStatus('unknown')
    await door.passUntil('the cause is said', () => hasCause(door, cause), 2 * MINUTE_MS)
    // Several attempts later it is still the same story.
    await door.advance(MINUTE_MS)
    await door.advance(MINUTE_MS)
    expect((await door.screen.history()).map(({ status }) => status)).toEqual(['unknown'])
    await simulator.clearFaults()
    await door.passUntilStatus('free', LONGEST_PAUSE_MS)
  })
}

test("a token that runs out is nobody's business at the door", async ({ door }) => {
  const { screen, simulator } = door
  await screen.expectStatus('free')
  const tokenCalls = async (): Promise<number> => {
    const { calls } = await simulator.state()
    return Object.entries(calls).reduce(
      (sum, [path, count]) => (path.includes('gettoken') ? sum + count : sum),
      0,
    )
  }
  const spoilings = [() => simulator.expireTokens(), () => simulator.rotateTokens()]
  for (const spoil of spoilings) {
    const before = await tokenCalls()
    await spoil()
    await door.passUntil('a new token is fetched', async () => (await tokenCalls()) > before, NEXT_READ_MS)
  }
  await screen.expectStale(false)
  const shown = (await screen.history()).map(({ status }) => status)
  expect(shown.slice(shown.indexOf('free'))).toEqual(['free'])
  expect(await door.display.log()).not.toContain('room cannot be read')
})

test('an address WeCom does not trust: a sentence for the corridor, the address for the admin', async ({
  openDoor,
  simulator,
}) => {
  const refusedAddress = '203.0.113.77'
  await simulator.allowOnly(['198.51.100.7'], refusedAddress)
  const { screen, display } = await openDoor()
  await screen.expectStatus('unknown')
  await expect(screen.part('status-lead')).toHaveText(causeText('ipNotAllowed'))
  await expect(screen.panel).not.toContainText(refusedAddress)

  const ask = askFrom(() => display.page())
  const admin = await becomeAdmin(display)
  const diagnostics = await ask('diagnostics.get', {}, admin)
  expect(diagnostics.ok && diagnostics.data.lastFailure).toMatchObject({
    kind: 'ipNotAllowed',
    vendorCode: '60020',
    refusedAddress,
  })
})

test.describe('whoever passes by', () => {
  test.use({ expectedConsole: /403/ })

  test('learns nothing that is for the admin', async ({ door }) => {
    await door.screen.expectStatus('free')
    const ask = askFrom(() => door.display.page())
    for (const session of [null, 'a-made-up-token']) {
      const answer = await ask('diagnostics.get', {}, session)
      expect(answer).toEqual({ ok: false, error: { code: 'forbidden' } })
    }
  })
})
