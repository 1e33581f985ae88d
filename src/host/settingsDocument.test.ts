import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { platforms } from '../shared/domain/platform.ts'
import type { Platform } from '../shared/domain/platform.ts'
import { settingsSchema } from '../shared/settings/schema.ts'
import { environmentNameOf } from './adapters/fileSecrets.ts'
import { secretsOf } from '../core/settings/secretNames.ts'
import { failureCodes } from './HostFailure.ts'
import { helpText } from './parseCommandLine.ts'
import { settingsFields } from '../core/settings/testing/settingsFields.ts'

const text = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')
const examples = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map((match): unknown => JSON.parse(match[1]!))
/** The heading below which a platform's own fields stand. */
const headings = { wecom: 'WeCom', dingtalk: 'DingTalk', feishu: 'Feishu / Lark' } as const

const allFields = settingsFields().map((one) => ({ ...one, path: one.path.replaceAll('.*', '[]') }))
/** What a room may say otherwise is told once, with the site's own fields. */
const OVERRIDDEN = 'rooms[].overrides.'
const fields = allFields.filter(({ path }) => !path.startsWith(OVERRIDDEN))
const sectionOf = (platform: Platform): string =>
  text.split(/^### /m).find((section) => section.startsWith(`${headings[platform]}\n`)) ?? ''
/** Where the fields of a platform, or of all, are told. */
const partOf = (platform: Platform | null): string =>
  platform ? sectionOf(platform) : platforms.reduce((rest, one) => rest.replace(sectionOf(one), ''), text)
const namedIn = (part: string): readonly string[] =>
  [...part.matchAll(/^\| `([a-z][\w.[\]]*)` \|/gim)].map((match) => match[1]!)

/** The cells of the row that documents a field. */
function rowOf(path: string, platform: Platform | null): readonly string[] {
  const rows = partOf(platform).split('\n')
  return (rows.find((line) => line.startsWith(`| \`${path}\` |`)) ?? '').split('|').map((cell) => cell.trim())
}

const nameOf = (path: string): string => path.replace(/\[\]$/, '').split('.').at(-1)!
const exampleOf = (platform: Platform): unknown =>
  examples.find((one) => settingsSchema.safeParse(one).data?.account.platform === platform)

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ')

describe('docs/settings.md', () => {
  it('shows an example of every field, and a smallest file, that are accepted as they stand', () => {
    const [full, smallest] = examples
    expect(settingsSchema.parse(full)).toMatchObject(full as object)
    expect(settingsSchema.safeParse(smallest).error).toBeUndefined()
    const shown = JSON.stringify(full)
    for (const { path, platform } of fields)
      if (platform === null) expect(shown, path).toContain(`"${nameOf(path)}":`)
  })

  it.each(platforms)('shows every field of a %s account and room in one example', (platform) => {
    const example = exampleOf(platform)
    expect(settingsSchema.parse(example)).toMatchObject(example as object)
    const shown = JSON.stringify(example)
    for (const { path, platform: whose } of fields)
      if (whose === platform) expect(shown, path).toContain(`"${nameOf(path)}":`)
  })

  it.each(fields)(
    'tells limits and default of $path ($platform) as the schema has them',
    ({ path, platform, field, isRequired }) => {
      const [, , type = '', fallback = '', meaning = ''] = rowOf(path, platform)
      expect(meaning, 'has a row that says what it means').not.toBe('')
      for (const one of [field, ...(field.anyOf ?? [])].filter((part) => typeof part === 'object')) {
        for (const limit of [one.minimum, one.maximum, one.minLength, one.maxLength, one.maxItems]) {
          if (limit !== undefined && limit < Number.MAX_SAFE_INTEGER)
            expect(type).toMatch(new RegExp(`\\b${limit}\\b`))
        }
        for (const choice of one.enum ?? []) expect(type).toContain(`\`${plain(choice)}\``)
        if (typeof one.const === 'string') expect(type).toContain(`\`${one.const}\``)
      }
      if ('default' in field) expect(fallback).toBe(`\`${plain(field.default)}\``)
      else if (isRequired && !path.endsWith('[]')) expect(fallback).toBe('required')
    },
  )

  it('what a room may say otherwise has the site’s own row, and every section of it is named', () => {
    const overridden = allFields.filter(({ path }) => path.startsWith(OVERRIDDEN))
    expect(overridden.length).toBeGreaterThan(10)
    const told = rowOf('rooms[].overrides', null).join(' ')
    for (const { path } of overridden) {
      const site = path.slice(OVERRIDDEN.length)
      expect(rowOf(site, null)[4] ?? '', site).not.toBe('')
      expect(told).toContain(`\`${site.split('.')[0]}\``)
    }
  })

  it.each([null, ...platforms])('names no field of %s that does not exist, and each once', (platform) => {
    const paths = fields.filter((one) => one.platform === platform).map(({ path }) => path)
    expect([...namedIn(partOf(platform))].sort()).toEqual([...paths].sort())
  })

  it('names every secret in both forms', () => {
    for (const platform of platforms) {
      for (const name of secretsOf(settingsSchema.parse(exampleOf(platform)).account))
        expect(text).toContain(`| \`${name}\` | \`${environmentNameOf(name)}\` |`)
    }
  })

  it('names every option of the host and every exit code', () => {
    const options = [...helpText.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]!)
    expect(options.length).toBeGreaterThan(8)
    for (const option of options.filter((name) => !['--help', '--version'].includes(name))) {
      expect(text).toMatch(new RegExp(`^\\| \`${option}[ \`]`, 'm'))
    }
    for (const code of Object.values(failureCodes)) expect(text).toContain(`\n| ${code} | `)
  })
})
