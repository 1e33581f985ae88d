import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { settingsSchema } from '../shared/settings/schema.ts'
import { environmentNameOf } from './adapters/fileSecrets.ts'
import { secretsOf } from '../core/settings/secretNames.ts'
import { failureCodes } from './HostFailure.ts'
import { helpText } from './parseCommandLine.ts'
import { visitFields } from './testing/fieldPaths.ts'

const text = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')
const examples = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map((match): unknown => JSON.parse(match[1]!))
const schema = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' })

type Field = Parameters<Parameters<typeof visitFields>[1]>[1]
const fields = new Map<string, { field: Field; isRequired: boolean }>()
visitFields(schema, (path, field, isRequired) => {
  fields.set(path.replaceAll('.*', '[]'), { field, isRequired })
})

/** The cells of the row that documents a field. */
function rowOf(path: string): readonly string[] {
  const row = text.split('\n').find((line) => line.startsWith(`| \`${path}\` |`))
  return (row ?? '').split('|').map((cell) => cell.trim())
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ')

describe('docs/settings.md', () => {
  it('shows an example of every field, and a smallest file, that are accepted as they stand', () => {
    const [full, smallest] = examples
    expect(settingsSchema.parse(full)).toMatchObject(full as object)
    expect(settingsSchema.safeParse(smallest).error).toBeUndefined()
    const shown = JSON.stringify(full)
    for (const path of fields.keys()) {
      const name = path.replace(/\[\]$/, '').split('.').at(-1)!
      expect(shown, path).toContain(`"${name}":`)
    }
  })

  it.each([...fields])(
    'tells limits and default of %s as the schema has them',
    (path, { field, isRequired }) => {
      const [, , type = '', fallback = '', meaning = ''] = rowOf(path)
      expect(meaning, 'has a row that says what it means').not.toBe('')
      for (const limit of [field.minimum, field.maximum, field.minLength, field.maxLength, field.maxItems]) {
        if (limit !== undefined && limit < Number.MAX_SAFE_INTEGER)
          expect(type).toMatch(new RegExp(`\\b${limit}\\b`))
      }
      for (const choice of field.enum ?? []) expect(type).toContain(`\`${plain(choice)}\``)
      if ('default' in field) expect(fallback).toBe(`\`${plain(field.default)}\``)
      else if (isRequired && !path.endsWith('[]')) expect(fallback).toBe('required')
    },
  )

  it('names no field that does not exist', () => {
    const named = [...text.matchAll(/^\| `([a-z][\w.[\]]*)` \|/gim)].map((match) => match[1]!)
    expect(named.filter((path) => !fields.has(path) && !path.startsWith('--'))).toEqual([])
    expect(named.length).toBe(fields.size)
  })

  it('names every secret in both forms', () => {
    const { account } = settingsSchema.parse(examples[0])
    for (const name of secretsOf(account)) {
      expect(text).toContain(`| \`${name}\` | \`${environmentNameOf(name)}\` |`)
    }
  })

  it('names every option of the host and every exit code', () => {
    const options = [...helpText.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]!)
    for (const option of options.filter((name) => !['--help', '--version'].includes(name))) {
      expect(text).toMatch(new RegExp(`^\\| \`${option}[ \`]`, 'm'))
    }
    for (const code of Object.values(failureCodes)) expect(text).toContain(`\n| ${code} | `)
  })
})
