// @vitest-environment jsdom
import { cleanup, fireEvent } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { settle } from '../../../core/testing/fakeClock.ts'
import { carriedProblems } from '../../../shared/api/provisioning.ts'
import type { CarriedOffers, TakeOutcome } from '../../../shared/api/provisioning.ts'
import { settingsMessages } from '../i18n/addSettingsTexts.ts'
import { mountSettings } from '../settings/testing/mountSettings.ts'

afterEach(cleanup)

const offers: CarriedOffers = {
  canUseStick: true,
  offers: [
    {
      id: 'stick-1',
      fileName: 'doorplate.json',
      content: { platform: 'wecom', rooms: ['西湖', '龙井', '断桥', '灵隐'] },
      refusal: null,
    },
  ],
}
const saved: TakeOutcome = { kind: 'saved', room: '西湖', isErased: true }

const open = (carried: CarriedOffers | null, taken: TakeOutcome = saved, more = {}) =>
  mountSettings({ pin: null, settings: null, carried, taken, ...more })
const takes = (screen: Awaited<ReturnType<typeof open>>) =>
  screen.api.requests.filter(({ route }) => route === 'provisioning.take').map(({ input }) => input)

describe('from a stick, before there is a PIN', () => {
  it('shows what is on it, takes it by one press, and asks for a PIN', async () => {
    const screen = await open(offers)
    expect(screen.get('carried-content').textContent).toContain(
      'WeCom: 西湖, 龙井, 断桥 and others, 4 in all',
    )
    await screen.press('carried-take')
    expect(takes(screen)).toEqual([{ source: { kind: 'stick', id: 'stick-1' }, isInsisting: false }])
    expect(screen.get('carried-saved').textContent).toMatch(/西湖.*PIN/)
    await screen.press('carried-done')
    expect(screen.hasLeft()).toBe(true)
  })

  it('notices a stick that is plugged in, and looks no more once the screen is left', async () => {
    const screen = await open({ canUseStick: true, offers: [] })
    expect(screen.find('carried-offer')).toBeNull()
    screen.api.world.carried = offers
    await screen.clock.advance(3000)
    await settle()
    expect(screen.find('carried-offer')).not.toBeNull()
    screen.unmount()
    const looks = screen.api.requests.length
    await screen.clock.advance(60_000)
    expect(screen.api.requests.length).toBe(looks)
  })

  it('says when the connection test failed, and sets up all the same when somebody insists', async () => {
    const screen = await open(offers, { kind: 'testFailed', platform: 'wecom', steps: [] })
    await screen.press('carried-take')
    expect(screen.find('carried-failed')).not.toBeNull()
    await screen.press('carried-insist')
    expect(takes(screen)).toMatchObject([{ isInsisting: false }, { isInsisting: true }])
  })

  it('says that a stick still holds the secrets', async () => {
    const screen = await open(offers, { ...saved, isErased: false })
    await screen.press('carried-take')
    expect(screen.get('carried-saved').textContent).toContain('still holds the secrets')
  })

  it('is not offered over a network before the code is given', async () => {
    const screen = await open(offers, saved, { setupCode: 'ABCD' })
    expect(screen.find('carried')).toBeNull()
  })
})

describe('from a code', () => {
  const scan = async (text: string): Promise<void> => {
    for (const key of [...Array.from(text), 'Enter']) await fireEvent.keyDown(document.body, { key })
    await settle()
  }

  // The digits of a code would be taken for a PIN, and its Enter for the end of it.
  it('that a scanner types beside the PIN pad reaches nothing else', async () => {
    const screen = await open({ canUseStick: true, offers: [] })
    await scan('doorplate:1:eyJhIjoxMjM0NTY3fQ:12345678')
    expect(takes(screen)).toEqual([
      { source: { kind: 'code', code: 'doorplate:1:eyJhIjoxMjM0NTY3fQ:12345678' }, isInsisting: false },
    ])
    expect(screen.get('pin-dots').dataset['length']).toBe('0')
    expect(screen.find('carried-saved')).not.toBeNull()
  })

  it('leaves a PIN alone that is typed on a keyboard', async () => {
    const screen = await open({ canUseStick: true, offers: [] })
    for (const key of 'dd24') await fireEvent.keyDown(document.body, { key })
    expect(screen.get('pin-dots').dataset['length']).toBe('2')
    expect(takes(screen)).toEqual([])
  })

  it('can be typed or pasted behind the PIN, where the host has no sticks too', async () => {
    const screen = await open({ canUseStick: false, offers: [] })
    await screen.enterPin('246801')
    await screen.enterPin('246801')
    await screen.press('carried-code')
    await screen.type('carried-code-text', 'doorplate:1:abc:def')
    await screen.press('carried-code-take')
    expect(takes(screen)).toMatchObject([{ source: { code: 'doorplate:1:abc:def' } }])
  })

  it('that a scanner types into the field is taken with its Enter', async () => {
    const screen = await open({ canUseStick: false, offers: [] })
    await screen.enterPin('246801')
    await screen.enterPin('246801')
    await screen.press('carried-code')
    await screen.type('carried-code-text', 'doorplate:1:abc:def\n')
    expect(takes(screen)).toHaveLength(1)
  })
})

it.each(carriedProblems)('%s has its sentence in both languages, and it is shown', async (problem) => {
  for (const texts of Object.values(settingsMessages)) {
    expect(texts).toHaveProperty(`settings.carried.problem.${problem}`)
  }
  const screen = await open({
    canUseStick: true,
    offers: [
      {
        id: 'x',
        fileName: 'doorplate.json',
        content: null,
        refusal: { problem, fields: ['settings.rooms'], hostName: 'door-17' },
      },
    ],
  })
  expect(screen.get('carried-offer').textContent).toContain('settings.rooms')
  expect(screen.get('carried-problem').dataset['problem']).toBe(problem)
  expect(screen.find('carried-take')).toBeNull()
})
