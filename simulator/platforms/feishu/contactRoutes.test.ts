import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'

let open: OpenFeishu
const openId = async (userId: string) => (await open.ids()).openIds[userId]!
const get = async (userId: string) => open.get(`contact/v3/users/${await openId(userId)}`)

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('contact/v3/users', () => {
  it('tells a name by open_id', async () => {
    expect((await get('wangbo')).data['user']).toMatchObject({
      open_id: await openId('wangbo'),
      name: '王博',
      status: { is_activated: true, is_resigned: false },
    })
  })

  it('is good without a name when only the call’s own scope is there: missing is not empty', async () => {
    await open.sim('PATCH', 'feishu', { scopes: ['contact:contact.base:readonly'] })
    const { code, data } = await get('wangbo')
    expect(code).toBe(0)
    expect(data['user']).not.toHaveProperty('name')
  })

  it('is 41050 for people out of the app’s sight and 41012 for ids of nobody: neither may be asked for ever', async () => {
    expect(await get('hejun')).toMatchObject({ status: 400, code: 41050 })
    expect(await open.get('contact/v3/users/ou_none')).toMatchObject({ status: 400, code: 41012 })
  })

  it('leaves people out of sight out of a batch in silence, and takes 50 ids', async () => {
    const ids = [await openId('wangbo'), await openId('hejun'), 'ou_none']
    const batch = (userIds: readonly string[]) => open.get('contact/v3/users/batch', { user_ids: userIds })
    expect(((await batch(ids)).data['items'] as readonly Fields[]).map((one) => one['name'])).toEqual([
      '王博',
    ])
    const many = (length: number) => Array.from({ length }, () => ids[0]!)
    expect((await batch(many(50))).code).toBe(0)
    expect((await batch(many(51))).code).toBe(40001)
  })

  it('wants another scope for ids of the organisation’s own', async () => {
    const refused = await open.get('contact/v3/users/wangbo', { user_id_type: 'user_id' })
    expect(refused.msg).toContain('contact:user.employee_id:readonly')
  })
})
