import { z } from 'zod'
import { platforms } from '../../../shared/domain/platform.ts'
import type { Platform } from '../../../shared/domain/platform.ts'
import { roomSourceSchemas } from '../../../shared/settings/roomSources.ts'
import { accountSchema, settingsSchema } from '../../../shared/settings/schema.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

/** Visits every field of a JSON Schema; `*` stands for a place in a list, and members of a union share their paths. */
function visitFields(
  schema: JsonSchema,
  visit: (path: string, field: JsonSchema, isRequired: boolean) => void,
  prefix = '',
): void {
  const join = (name: string): string => (prefix === '' ? name : `${prefix}.${name}`)
  const enter = (name: string, field: unknown, isRequired: boolean): void => {
    if (!isSchema(field)) return
    visit(join(name), field, isRequired)
    visitFields(field, visit, join(name))
  }
  for (const member of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) {
    if (isSchema(member)) visitFields(member, visit, prefix)
  }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    enter(name, field, schema.required?.includes(name) ?? false)
  }
  if (schema.items !== undefined && !Array.isArray(schema.items)) enter('*', schema.items, true)
}

/** A field of the settings. */
export interface SettingsField {
  /** Whose it is; null for what every platform has. */
  readonly platform: Platform | null
  /** `*` stands for a place in a list. */
  readonly path: string
  readonly field: JsonSchema
  readonly isRequired: boolean
}

const jsonOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

/** Every field an operator can write, those of each platform's account and rooms once per platform. */
export function settingsFields(): readonly SettingsField[] {
  const found: SettingsField[] = []
  const walk = (schema: JsonSchema, platform: Platform | null, prefix: string): void => {
    visitFields(
      schema,
      (path, field, isRequired) => {
        const isPlatforms = path.startsWith('account.') || path.startsWith('rooms.*.source.')
        if (isPlatforms === (platform !== null)) found.push({ platform, path, field, isRequired })
      },
      prefix,
    )
  }
  walk(jsonOf(settingsSchema), null, '')
  for (const platform of platforms) {
    const account = accountSchema.options.find((option) => option.shape.platform.value === platform)
    if (account) walk(jsonOf(account), platform, 'account')
    walk(jsonOf(roomSourceSchemas[platform]), platform, 'rooms.*.source')
  }
  return found
}
