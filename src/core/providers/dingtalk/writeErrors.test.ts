import { describe, expect, it } from 'vitest'
import { ProviderError } from '../ProviderError.ts'
import { exposedText } from '../testing/exposedText.ts'
import { createVendorErrorOf } from './errors.ts'
import { isAnswered, writeRefusal } from './writeErrors.ts'

const vendorErrorOf = createVendorErrorOf(() => Date.parse('2026-03-16T10:00:00+08:00'))
const refusal = (code: string, message = ''): ProviderError =>
  vendorErrorOf({ code, requestid: 'R-1', message }, 'call') ?? expect.fail('no refusal')
const rule =
  'code: 321001, developerMessage: [{"roomName":"sentinel-西湖","text":"not shorter than 30 minutes"}]'

describe('what the door says to a refused write', () => {
  it.each([
    ['flowLimit', '', 'dailyLimit'],
    ['meetingRoomNotAvailable', 'room busy', 'taken'],
    ['meetingRoomNotAvailable', rule, 'policy'],
    ['meetingRoomNotAvailable', 'developerMessage: [{"roomName"', 'taken'],
    ['meetingRoomNotAvailable', 'developerMessage: []', 'taken'],
    ['permissionDeny', '', 'permission'],
    ['permissionDenied', '', 'permission'],
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', '', 'quota'],
    ['Forbidden.AccessDenied.QpsLimitForApi', '', 'throttled'],
    ['instanceNotExist', '', 'gone'],
    ['invalidParameter', 'Meeting room invalid', 'failed'],
    ['somethingNew', '', 'failed'],
  ])('%s "%s": %s', (code, message, reason) => {
    expect(writeRefusal(refusal(code, message)).reason).toBe(reason)
  })

  it('the rule’s text and the room’s name go no further', () => {
    expect(exposedText(writeRefusal(refusal('meetingRoomNotAvailable', rule)))).not.toMatch(
      /sentinel|shorter/,
    )
  })
})

describe('whether the platform itself said no', () => {
  it.each([
    ['meetingRoomNotAvailable', true],
    ['invalidParameter', true],
    ['somethingNew', true],
    ['system.error', false],
    ['service.timeout', false],
    ['idempotencyProcessing', false],
  ])('%s: %s', (code, isNo) => {
    expect(isAnswered(refusal(code))).toBe(isNo)
  })

  it.each(['HTTP 404', 'HPE_INVALID_CONSTANT', 'BODY_TOO_LONG', undefined])(
    'what came from the network is no answer: %s',
    (vendorCode) => {
      expect(isAnswered(new ProviderError('badResponse', 'call', { vendorCode }))).toBe(false)
    },
  )
})
