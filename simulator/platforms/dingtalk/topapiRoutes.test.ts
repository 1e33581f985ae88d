import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openDingtalk, type OpenDingtalk, operatorUnionId } from '../../testing/openDingtalk.ts'
import { mondayMs } from '../../testing/openSimulator.ts'
import { unionIdOf } from './vendorIds.ts'

let open: OpenDingtalk
beforeEach(async () => {
  open = await openDingtalk()
})
afterEach(() => open.close())

describe('names by the old API', () => {
  it('lead from a unionid over the userid to the name, as the busy times need it', async () => {
    const found = await open.topapi('user/getbyunionid', { unionid: unionIdOf('wangbo') })
    expect(found).toMatchObject({ errcode: 0, result: { contact_type: 0, userid: 'wangbo' } })
    const user = await open.topapi('v2/user/get', { userid: 'wangbo', language: 'zh_CN' })
    expect(user).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      request_id: expect.any(String) as string,
      result: { userid: 'wangbo', unionid: unionIdOf('wangbo'), name: '王博' },
    })
  })

  it('resolve the operator’s userid to the unionid every new call needs', async () => {
    const { result } = await open.topapi('v2/user/get', { userid: 'doorplate' })
    expect(result).toMatchObject({ unionid: operatorUnionId, admin: true })
  })

  it('take a form as well as JSON', async () => {
    const response = await fetch(`${open.url}/topapi/v2/user/get?access_token=${await open.token()}`, {
      method: 'POST',
      body: new URLSearchParams({ userid: 'wangbo' }),
    })
    expect(await response.json()).toMatchObject({ errcode: 0, result: { name: '王博' } })
  })

  it.each([
    ['v2/user/get', {}, 400002],
    ['v2/user/get', { userid: 'nobody' }, 33012],
    ['v2/user/get', { userid: 'tanghua' }, 33012],
    ['v2/user/get', { userid: 'hejun' }, 50002],
    ['user/getbyunionid', { unionid: 'nobody' }, 33012],
    ['user/getbyunionid', { unionid: unionIdOf('hejun') }, 50002],
  ])('%s %j is %i under HTTP 200: a missing name must not break the door', async (path, body, errcode) => {
    expect(await open.topapi(path, body)).toMatchObject({ errcode })
  })

  it('refuse tokens with 40014 and 42001, or in another shape with 88 and a sub_code', async () => {
    const ask = (token?: string) => open.topapi('v2/user/get', { userid: 'chenlu' }, token)
    expect((await ask('made-up'))['errcode']).toBe(40014)
    await open.token()
    open.setNow(mondayMs + 7_200_000)
    expect((await ask())['errcode']).toBe(42001)
    await open.sim('PATCH', 'quirks', { usesOldContactShape: true })
    expect(await ask()).toMatchObject({ errcode: 88, sub_code: '42001' })
    open.setNow(mondayMs)
    expect(await ask()).toMatchObject({ errcode: '0', result: { active: 'true' } })
  })

  it('throttle under their own numbers', async () => {
    await open.sim('PATCH', 'limits', { dingtalkCallsPerSecond: 1 })
    await open.topapi('v2/user/get', { userid: 'chenlu' })
    expect((await open.topapi('v2/user/get', { userid: 'chenlu' }))['errcode']).toBe(90018)
  })
})
