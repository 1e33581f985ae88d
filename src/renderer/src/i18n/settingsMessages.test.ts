// @vitest-environment jsdom
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blankSettings } from '../../../core/settings/blankSettings.ts'
import { secretsOf } from '../../../core/settings/secretNames.ts'
import { apiErrorCodes } from '../../../shared/api/errors.ts'
import type { ApiError } from '../../../shared/api/errors.ts'
import { actionRefusals } from '../../../shared/domain/action.ts'
import { platforms } from '../../../shared/domain/platform.ts'
import { keepReasons } from '../../../shared/domain/release.ts'
import type { ReleaseReport } from '../../../shared/domain/release.ts'
import { providerErrorKinds } from '../../../shared/domain/providerErrorKind.ts'
import { accountSchema } from '../../../shared/settings/schema.ts'
import { platformForms } from '../components/settings/platforms/registry.ts'
import { explainError } from '../settings/explainError.ts'
import { issueKeys, sectionIds } from '../settings/issueText.ts'
import { releaseText } from '../settings/releaseText.ts'
import { roomFormReasons } from '../settings/roomForm.ts'
import { strengthNames } from '../settings/strengthName.ts'
import { settingsMessages } from './addSettingsTexts.ts'
import { messages } from './createDisplayI18n.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : flatten(value, `${prefix}${key}.`),
  )
}

const chinese = new Map(flatten(settingsMessages['zh-CN']))
const english = new Map(flatten(settingsMessages['en-US']))
const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()

/** Both languages must have it. */
function expectText(key: string): void {
  expect([key, chinese.has(key), english.has(key)]).toEqual([key, true, true])
}

const refused = (kind: (typeof providerErrorKinds)[number], hint: string | null = null): ApiError => ({
  code: 'refused',
  refusal: { kind, vendorCode: null, refusedAddress: null, missingPermission: null, hint },
})

describe('texts of the settings', () => {
  it('have the same keys and named parts in both languages, none empty', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
    for (const [key, text] of chinese)
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('use full-width punctuation in Chinese', () => {
    const halfWidth = /[\u4e00-\u9fff}]\s?[,;:!?()]|[,;:!?()]\s?[\u4e00-\u9fff{]/
    expect([...chinese].filter(([, text]) => halfWidth.test(text))).toEqual([])
  })

  it('collide with none of the display: they are merged into the same tree', () => {
    expect(Object.keys(settingsMessages['zh-CN'])).toEqual(['settings'])
    expect(Object.keys(messages['zh-CN'])).not.toContain('settings')
  })

  it('hold no sign the message syntax would trip over', () => {
    // A bare @ starts a linked message, a bare | a plural form.
    expect([...chinese, ...english].filter(([, text]) => text.includes('@'))).toEqual([])
    expect([...chinese].filter(([, text]) => text.includes('|'))).toEqual([])
  })

  it('are all used', () => {
    const root = resolve('src/renderer/src')
    const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|vue)$/.test(file) && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    const families = [...source.matchAll(/`(settings\.[\w.]*)\$\{/g)].map((match) => match[1]!)
    const unused = [...chinese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})

describe('every refusal has its sentence and its remedy in both languages', () => {
  it.each(apiErrorCodes)('code %s', (code) => {
    const { what, todo } = explainError({ code }, null)
    expectText(what)
    expectText(todo)
  })

  it.each(providerErrorKinds)('kind %s', (kind) => {
    const { what, todo } = explainError(refused(kind), 'wecom')
    expectText(what)
    expectText(todo)
  })

  it.each(
    platforms.flatMap((platform) => platformForms[platform].hints.map((hint) => [platform, hint] as const)),
  )('%s hint %s', (platform, hint) => {
    const { what, todo } = explainError(refused('permission', hint), platform)
    expect(what).toBe(`settings.platforms.${platform}.vendor.${hint}.what`)
    expectText(what)
    expectText(todo)
  })

  it('a hint the platform has no sentence for falls back to its kind', () => {
    expect(explainError(refused('auth'), 'wecom').what).toBe('settings.refusal.auth.what')
    expect(explainError(refused('auth', 'corpId'), null).what).toBe('settings.refusal.auth.what')
    expect(explainError(refused('auth', 'corpId'), 'feishu').what).toBe('settings.refusal.auth.what')
  })

  it('carries the address to allow and the switch to set', () => {
    const error: ApiError = {
      code: 'refused',
      refusal: {
        kind: 'ipNotAllowed',
        vendorCode: '60020',
        refusedAddress: '203.0.113.20',
        missingPermission: '企业可信IP',
        hint: 'address',
      },
    }
    expect(explainError(error, 'wecom')).toMatchObject({ address: '203.0.113.20', permission: '企业可信IP' })
  })

  it.each([...issueKeys])('field %s', expectText)
  it.each([...roomFormReasons])('mistake %s in the room form', (reason) =>
    expectText(`settings.directory.issue.${reason}`),
  )
  it.each([...strengthNames])('strength %s', (name) => {
    expectText(`settings.strength.${name}.name`)
    expectText(`settings.strength.${name}.means`)
  })
  it.each([...sectionIds])('section %s', (section) => expectText(`settings.section.${section}`))
})

describe('every decision on a release has its sentences in both languages', () => {
  const report = {
    meetingId: 'm',
    startMs: 0,
    decidedAtMs: 0,
    decision: 'release',
    reasons: ['noShow'],
  } as const
  const outcomes: readonly ReleaseReport['outcome'][] = [
    null,
    { kind: 'done' },
    { kind: 'unclear' },
    { kind: 'notSent' },
    ...actionRefusals.map((reason) => ({ kind: 'refused' as const, reason })),
  ]

  it.each(['noShow', ...keepReasons] as const)('reason %s', (reason) => {
    const { verdict, outcome, reasons } = releaseText({
      ...report,
      decision: 'keep',
      reasons: [reason],
      outcome: null,
    })
    expect(outcome).toBeNull()
    expectText(`settings.releases.verdict.${verdict}`)
    reasons.forEach(expectText)
  })

  it.each(outcomes)('outcome %j', (outcome) => {
    const told = releaseText({ ...report, outcome })
    expectText(`settings.releases.verdict.${told.verdict}`)
    expectText(told.outcome ?? '')
  })
})

describe('platforms of the settings screen', () => {
  it('are the ones the settings accept', () => {
    expect(Object.keys(platformForms).sort()).toEqual(
      accountSchema.options.map((option) => option.shape.platform.value).sort(),
    )
  })

  it.each(platforms)('%s knows its secrets, addresses and texts', (platform) => {
    const form = platformForms[platform]
    const { account } = blankSettings()[platform]
    expect(form.secrets).toEqual(secretsOf(account))
    expect(form.addresses[0]?.url).toBe(account.baseUrl)
    expect(form.countsCalls).toBe('monthlyCalls' in account)
    for (const part of ['name', 'needs', 'where', 'room.hint', 'issue.source'])
      expectText(`settings.platforms.${platform}.${part}`)
    for (const { name } of form.addresses) expectText(`settings.platforms.${platform}.address.${name}.name`)
    for (const { name } of form.followingAddresses)
      for (const part of ['label', 'hint'])
        expectText(`settings.platforms.${platform}.address.${name}.${part}`)
    if (form.countsCalls)
      for (const part of ['usual', 'hint']) expectText(`settings.platforms.${platform}.calls.${part}`)
    for (const field of form.toldFields) expectText(`settings.platforms.${platform}.issue.${field}`)
    for (const { name } of form.roomIds)
      for (const part of ['label', 'hint', 'kind'])
        expectText(`settings.platforms.${platform}.room.${name}.${part}`)
    for (const part of ['booker.label', 'booker.hint', 'booker.needs', 'release'])
      expectText(`settings.platforms.${platform}.${part}`)
    for (const doubt of form.booker.doubts) expectText(`settings.platforms.${platform}.booker.doubt.${doubt}`)
    for (const note of form.doorNotes) expectText(`settings.platforms.${platform}.door.${note}`)
    expect(form.toldFields).toContain(form.booker.name)
    expect(Object.keys(messages['zh-CN'].platform)).toContain(platform)
  })

  it.each(platforms)('%s writes ids into a source and takes them away again', (platform) => {
    const { roomIds, blankSource } = platformForms[platform]
    for (const field of roomIds) {
      const written = field.write(blankSource, '300417')
      expect(field.read(written)).toBe('300417')
      expect(field.write(written, '')).toEqual(blankSource)
    }
  })

  it.each(accountSchema.options)('$shape.platform.value names who books, and nobody again', (option) => {
    const { booker } = platformForms[option.shape.platform.value]
    const { account } = blankSettings()[option.shape.platform.value]
    expect(Object.keys(option.shape)).toContain(booker.name)
    const written = booker.write(account, 'ou_doorplate1')
    expect(booker.read(written)).toBe('ou_doorplate1')
    expect(booker.doubt('ou_doorplate1')).toBeNull()
    // An empty id would be refused by the schema: the field must go.
    expect(booker.write(written, '')).toEqual(account)
  })
})
