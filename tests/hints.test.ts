import { expect, it } from 'vitest'
import { dingtalkHints } from '../src/core/providers/dingtalk/reactions.ts'
import { feishuHints } from '../src/core/providers/feishu/errors.ts'
import { wecomHints } from '../src/core/providers/wecom/errors.ts'
import { platformForms } from '../src/renderer/src/components/settings/platforms/registry.ts'
import { platforms } from '../src/shared/domain/platform.ts'

const given = { wecom: wecomHints, dingtalk: dingtalkHints, feishu: feishuHints }

// A sentence under a hint no provider gives is never read; a hint without a sentence leaves the general one.
it.each(platforms)(
  '%s: the screen has a sentence for every hint its provider gives, and no other',
  (platform) => {
    expect([...platformForms[platform].hints].sort()).toEqual([...given[platform]].sort())
  },
)
