import { describe, expect, it, vi } from 'vitest'
import { createNetHttp } from './netHttp.ts'
import type { NetFetch } from './netHttp.ts'

describe('createNetHttp', () => {
  it('sends no cookies, keeps nothing, and cannot be answered by our own protocol handler', async () => {
    const fetch = vi.fn<NetFetch>(() => Promise.resolve(new Response('ok')))
    await createNetHttp(fetch).fetch('https://qyapi.weixin.qq.com/cgi-bin/x', {
      method: 'POST',
      credentials: 'include',
    })
    expect(fetch).toHaveBeenCalledWith('https://qyapi.weixin.qq.com/cgi-bin/x', {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      bypassCustomProtocolHandlers: true,
    })
  })

  it.each(['file:///etc/passwd', 'app://panel/index.html', 'data:text/plain,x', 'not an address'])(
    'does not speak %s, which net.fetch would',
    async (address) => {
      const fetch = vi.fn<NetFetch>(() => Promise.resolve(new Response('')))
      await expect(createNetHttp(fetch).fetch(address)).rejects.toBeInstanceOf(TypeError)
      expect(fetch).not.toHaveBeenCalled()
    },
  )
})
