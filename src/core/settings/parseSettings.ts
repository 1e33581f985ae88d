import type { z } from 'zod'
import type { FieldIssue } from '../../shared/api/refusal.ts'
import { settingsSchema } from '../../shared/settings/schema.ts'
import type { Settings } from '../../shared/settings/schema.ts'

/** Settings that may be used, or every field that stands in the way. */
export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/** Turns a schema's findings into fields an admin can look up. Values are left out: they may be secrets in the wrong place. */
export function fieldIssues(error: z.ZodError): readonly FieldIssue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }]
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: 'is not a known field; look for a typing mistake or remove it',
    }))
  })
}

/** @param raw whatever the settings store held */
export function parseSettings(raw: unknown): ParsedSettings {
  const parsed = settingsSchema.safeParse(raw)
  if (parsed.success) return { ok: true, settings: parsed.data }
  return { ok: false, issues: fieldIssues(parsed.error) }
}
