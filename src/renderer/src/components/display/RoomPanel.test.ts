import { cleanup, render, screen, within } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { roomStatus, roomStatusKinds } from '../../../../shared/domain/roomStatus.ts'
import type { RoomStatus } from '../../../../shared/domain/roomStatus.ts'
import type { Language } from '../../../../shared/settings/panelConfig.ts'
import { unknownCause } from '../../display/unknownCause.ts'
import { GALLERY_NOW_MS, at, galleryConfig, gallerySnapshot, meeting } from '../../gallery/gallerySnapshot.ts'
import { scenarios } from '../../gallery/scenarios.ts'
import type { Scenario, ScenarioName } from '../../gallery/scenarios.ts'
import { createDisplayI18n, messages } from '../../i18n/createDisplayI18n.ts'
import { createTimeFormat } from '../../time/createTimeFormat.ts'
import RoomPanel from './RoomPanel.vue'

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {
        // A page without layout never changes size.
      }
      disconnect(): void {
        // See observe.
      }
    },
  )
  // jsdom animates nothing.
  Element.prototype.animate = () => ({ pause: () => undefined, cancel: () => undefined }) as Animation
})
afterEach(cleanup)

function show(scenario: Scenario, language: Language = 'zh-CN', slots: Record<string, string> = {}) {
  const config = { ...scenario.config, language }
  const { snapshot } = scenario
  const status: RoomStatus = snapshot
    ? roomStatus(snapshot, GALLERY_NOW_MS, config.rules)
    : { kind: 'unconfigured' }
  return render(RoomPanel, {
    props: {
      config,
      snapshot,
      status,
      cause: snapshot ? unknownCause(snapshot, 'open', GALLERY_NOW_MS) : 'opening',
      nowMs: GALLERY_NOW_MS,
      format: createTimeFormat(config),
      theme: 'light',
      roomId: '',
    },
    slots,
    global: { plugins: [createDisplayI18n(language)] },
  })
}

it.each(['zh-CN', 'en-US'] as const)(
  'says in %s that nothing can be saved, before anything else at its foot',
  (language) => {
    const scenario = scenarios.free
    show({ ...scenario, config: { ...scenario.config, isStorageBroken: true } }, language)
    expect(texts('storage-broken')).toEqual([messages[language].day.storageBroken])
    expect(texts('room-location')).toEqual([])
  },
)

const panel = (): HTMLElement => screen.getByTestId('panel')
const texts = (testId: string): (string | null)[] =>
  screen.queryAllByTestId(testId).map(({ textContent }) => textContent.trim())

describe.each(['zh-CN', 'en-US'] as const)('in %s', (language) => {
  it.each(roomStatusKinds)('%s is said by word, icon and attribute', (kind) => {
    const { container } = show(scenarios[kind], language)
    const word = messages[language].status[kind]
    expect(panel().dataset).toMatchObject({ status: kind, theme: 'light' })
    expect(panel().lang).toBe(language)
    expect(screen.getByRole('status').textContent.replace(/\s+/g, ' ').trim()).toBe(word)
    expect(container.querySelector(`svg[data-kind="${kind}"]`)).not.toBeNull()
  })

  it.each(Object.keys(scenarios) as ScenarioName[])('%s has no text missing', (name) => {
    const { container } = show(scenarios[name], language)
    // A missing text would be on screen as its key.
    expect(container.textContent).not.toMatch(/\b[a-z]+[A-Za-z]*\.[a-z]+[A-Za-z]*\b/)
    expect(container.textContent).not.toMatch(/undefined|null|NaN|\{|\}/)
  })
})

describe('always there', () => {
  it('room, capacity, equipment, place, clock and date', () => {
    show({
      ...scenarios.free,
      snapshot: { ...gallerySnapshot, room: { ...gallerySnapshot.room, needsApproval: true } },
    })
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('西湖 3F-01')
    expect(texts('room-capacity')).toEqual(['8 人'])
    expect(texts('room-equipment')).toEqual(['电视', '白板', '视频会议'])
    expect(texts('room-approval')).toEqual(['需审批'])
    expect(texts('room-location')).toEqual(['滨江一号 · 3 层'])
    expect(texts('clock')).toEqual(['10:19'])
    expect(texts('date')).toEqual(['星期一11月23日'])
    expect(panel().dataset['room']).toBe('west-lake')
  })

  it('one seat is one seat in English', () => {
    const room = { ...gallerySnapshot.room, capacity: 1 }
    show({ ...scenarios.free, snapshot: { ...gallerySnapshot, room } }, 'en-US')
    expect(texts('room-capacity')).toEqual(['1 seat'])
  })

  it('the meetings of the day, with their times', () => {
    show(scenarios.busy)
    expect(texts('timeline-title')).toEqual([
      '晨会',
      '版本评审：门牌终端 2.0 的离线行为与签到规则',
      '供应链周会',
      '用户访谈 第 4 场',
      '一对一',
      'Quarterly business review',
    ])
    const rows = screen.getAllByTestId('timeline-row')
    expect(rows.map(({ dataset }) => dataset['when'])).toEqual([
      'past',
      'now',
      'later',
      'later',
      'later',
      'later',
    ])
    expect(within(rows[1]!).getByTestId('timeline-time').textContent).toBe('10:00 – 11:00')
  })

  it('the next two meetings', () => {
    show(scenarios.busy)
    expect(texts('next-meeting')).toEqual(['11:30 – 12:00供应链周会', '13:30 – 15:00用户访谈 第 4 场'])
  })

  it('the next meetings after the one the screen already announces', () => {
    show(scenarios.soon)
    expect(texts('next-meeting')[0]).toContain('用户访谈')
  })
})

describe('honesty', () => {
  it('an empty afternoon is only promised by a complete and present reading', () => {
    show(scenarios.busyPrivate)
    expect(texts('next-meetings')).toEqual(['今天没有更多会议'])
    cleanup()
    show(scenarios.freeAllDay)
    expect(texts('next-meetings')).toEqual([])
    expect(texts('status-lead')).toEqual(['今天不再有会议'])
    cleanup()
    show({ ...scenarios.freeOwnOnly, snapshot: { ...scenarios.freeOwnOnly.snapshot, meetings: [] } })
    expect(texts('next-meetings')).toEqual([])
    cleanup()
    show(scenarios.unknownNever)
    expect(texts('next-meetings')).toEqual([])
  })

  it('fresh data says nothing of its age', () => {
    show(scenarios.busy)
    expect(panel().dataset['stale']).toBe('false')
    expect(screen.queryByTestId('data-age')).toBeNull()
    expect(screen.queryByTestId('timeline-outdated')).toBeNull()
  })

  it('stale data says how old it is, on a busy room too', () => {
    show(scenarios.busyStale)
    expect(panel().dataset).toMatchObject({ status: 'busy', stale: 'true' })
    expect(texts('data-age')).toEqual(['数据更新于 38 分钟前'])
    expect(texts('timeline-outdated')).toEqual(['最后读到的日程'])
  })

  it('an unknown room keeps its last plan on screen, marked', () => {
    show(scenarios.unknown)
    expect(screen.getByTestId('timeline').dataset).toMatchObject({ outdated: 'true', unknown: 'true' })
    expect(screen.getAllByTestId('timeline-row')).toHaveLength(5)
  })

  it('a device that only knows "in use" claims neither title nor end', () => {
    show(scenarios.busyDevice)
    expect(screen.queryByTestId('meeting-title')).toBeNull()
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(texts('status-note')).toEqual(['设备显示室内正在使用'])
  })

  it('a private meeting shows nothing of itself, even if it arrived unmasked', () => {
    const secret = meeting(at(10), at(11), 'Merger', 'CEO', { isPrivate: true, department: 'Board' })
    const { container } = show({ ...scenarios.busy, snapshot: { ...gallerySnapshot, meetings: [secret] } })
    expect(container.innerHTML).not.toMatch(/Merger|CEO|Board/)
    expect(texts('meeting-title')).toEqual(['私密会议'])
  })
})

describe('presses', () => {
  it('has no button until something stands behind one', () => {
    for (const name of Object.keys(scenarios) as ScenarioName[]) {
      show(scenarios[name])
      expect(screen.queryAllByRole('button')).toEqual([])
      cleanup()
    }
  })

  it('has a place for the actions to come', () => {
    show(scenarios.free, 'zh-CN', { actions: '<button>15 分钟</button>' })
    expect(screen.getByRole('button').closest('main')).not.toBeNull()
  })
})

it('names are given the language they are written in', () => {
  show(scenarios.busyEnglish, 'zh-CN')
  expect(screen.getByTestId('meeting-title').lang).toBe('en')
  cleanup()
  show(scenarios.busy, 'en-US')
  expect(screen.getByTestId('meeting-title').lang).toBe('zh-CN')
})

it('the progress of a meeting is told to whoever cannot see the bar', () => {
  show(scenarios.busy, 'en-US')
  expect(screen.getByRole('progressbar', { name: 'Meeting progress' }).ariaValueNow).toBe('32')
})

it('twelve-hour clocks name their half', () => {
  show({ ...scenarios.free, config: { ...galleryConfig, hourCycle: '12' } })
  expect(texts('clock')).toEqual(['上午10:19'])
  cleanup()
  show({ ...scenarios.free, config: { ...galleryConfig, hourCycle: '12' } }, 'en-US')
  expect(texts('clock')).toEqual(['10:19AM'])
})
