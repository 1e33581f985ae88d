import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const get = (userid: string) => open.get('user/get', { userid })

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('user/get', () => {
  it('takes the id in any case and answers with the one on record: caches keyed by case would ask for ever', async () => {
    expect(await get('xupeng')).toMatchObject({ errcode: 0, userid: 'XuPeng', name: '徐鹏' })
    expect(await get('XUPENG')).toMatchObject({ userid: 'XuPeng' })
  })

  it('has no picture, phone or mail: new apps never get them', async () => {
    const answer = await get('chenlu')
    for (const field of ['avatar', 'mobile', 'email', 'biz_mail', 'qr_code', 'address'])
      expect(answer).not.toHaveProperty(field)
  })

  it.each(['nobody', 'tanghua', 'hejun'])(
    'does not tell unknown, left and out of range apart: %s',
    async (userid) => {
      expect((await get(userid)).errcode).toBe(60111)
    },
  )

  it('refuses a call without userid', async () => {
    expect((await open.get('user/get')).errcode).toBe(40058)
  })
})

describe('user/simplelist', () => {
  it('lists the visible people of one department, not of those below', async () => {
    const answer = await open.get('user/simplelist', { department_id: '10' })
    expect(answer['userlist']).toEqual([
      { userid: 'linxue', name: '林雪', department: [10] },
      { userid: 'huangjing', name: '黄静', department: [10] },
      { userid: 'doorplate', name: '会议门牌', department: [10] },
    ])
    expect((await open.get('user/simplelist', { department_id: '1' }))['userlist']).toMatchObject([
      { userid: 'XuPeng' },
    ])
  })

  it('refuses a missing and an unknown department', async () => {
    expect((await open.get('user/simplelist')).errcode).toBe(40058)
    expect((await open.get('user/simplelist', { department_id: '404' })).errcode).toBe(60003)
  })
})

it('get_api_domain_ip lists addresses for a firewall', async () => {
  expect(await open.get('get_api_domain_ip')).toMatchObject({
    errcode: 0,
    ip_list: ['192.0.2.10', '192.0.2.11'],
  })
})
