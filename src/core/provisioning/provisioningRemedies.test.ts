import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { deviceSchema } from './deviceTable.ts'
import { parseProvisioning } from './parseProvisioning.ts'
import { provisioningRemedyFor } from './provisioningRemedies.ts'

const text = readFileSync(new URL('../../../docs/kiosk.md', import.meta.url), 'utf8')

describe('remedies of a provisioning file', () => {
  // A field that came later would send the operator to a document instead of an answer.
  it.each(Object.keys(z.toJSONSchema(deviceSchema, { io: 'input' }).properties ?? {}))(
    'stand for %s of a device, and docs/kiosk.md tells of it',
    (field) => {
      expect(provisioningRemedyFor(`devices.17.${field}`)).not.toContain('see docs')
      expect(text).toContain(`| \`devices[].${field}\` |`)
    },
  )

  it('are those of the settings below settings', () => {
    expect(provisioningRemedyFor('settings.rooms.3.source.officeRoomId')).toContain('meetingroom_id')
  })

  it('the examples of docs/kiosk.md are accepted as they stand', () => {
    const examples = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map((match): unknown =>
      JSON.parse(match[1]!),
    )
    expect(examples.length).toBeGreaterThan(1)
    for (const example of examples) expect(parseProvisioning(example)).toMatchObject({ ok: true })
  })
})
