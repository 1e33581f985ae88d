import { expect, it } from 'vitest'
import { createVendorErrorOf as createDingtalkErrorOf } from '../src/core/providers/dingtalk/errors.ts'
import { createVendorErrorOf as createFeishuErrorOf } from '../src/core/providers/feishu/errors.ts'
import type { ProviderError } from '../src/core/providers/ProviderError.ts'
import { vendorErrorOf as wecomErrorOf } from '../src/core/providers/wecom/errors.ts'
import { dingtalkForm } from '../src/renderer/src/components/settings/platforms/dingtalkForm.ts'
import { feishuForm } from '../src/renderer/src/components/settings/platforms/feishuForm.ts'
import { wecomForm } from '../src/renderer/src/components/settings/platforms/wecomForm.ts'
import { createZone } from '../src/shared/domain/zonedTime.ts'

const dingtalkErrorOf = createDingtalkErrorOf(() => 0)
const feishuErrorOf = createFeishuErrorOf(() => 0, createZone('Asia/Shanghai'))
/** What a firewall says to an address that called too much: it has no code of the platform's. */
const firewall = { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' }

/** The refusal a platform's answer with this code becomes. */
const refusals: Readonly<Record<string, (code: string) => ProviderError | null>> = {
  wecom: (code) => wecomErrorOf({ errcode: Number(code), errmsg: '' }, 'call'),
  feishu: (code) => feishuErrorOf({ code: Number(code), msg: '' }, 'call', () => null),
  dingtalk: (code) => {
    if (code === String(firewall.status)) return dingtalkErrorOf(firewall, 'call')
    const isOld = /^-?\d+$/.test(code)
    return dingtalkErrorOf(isOld ? { errcode: code } : { code, message: '' }, 'call')
  },
}

const texts = Object.entries({ wecom: wecomForm, dingtalk: dingtalkForm, feishu: feishuForm }).flatMap(
  ([platform, { vendorTexts }]) => Object.keys(vendorTexts).map((code) => [platform, code] as const),
)

// A sentence under a code no provider tells is never read: the admin gets the general one instead.
it.each(texts)(
  '%s: the code %s, which has a sentence of its own, is one its provider tells',
  (platform, code) => {
    const refusal = refusals[platform]?.(code)
    expect(refusal?.details.vendorCode).toBe(code)
    expect(refusal?.message).not.toContain('an error code we do not know')
  },
)
