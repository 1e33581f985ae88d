import type { z } from 'zod'

type JsonSchema = z.core.JSONSchema.BaseSchema

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

/** Visits every field of a JSON Schema; `*` stands for a place in a list, and members of a union share their paths. */
export function visitFields(
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

/** Every path {@link visitFields} sees, once. */
export function fieldPaths(schema: JsonSchema): readonly string[] {
  const paths = new Set<string>()
  visitFields(schema, (path) => paths.add(path))
  return [...paths]
}
