import { expect, it } from 'vitest'
import { createDisplayI18n } from './createDisplayI18n.ts'
import { joinSentences } from './joinSentences.ts'

it('a Chinese time that begins with its half of the day is not set off by a space, one of digits is', () => {
  const { t } = createDisplayI18n('zh-CN').global
  const until = (time: string): string => t('free.until', { time, duration: '5 分钟' })
  expect(until('上午 11:00')).toBe('至上午 11:00，还有 5 分钟')
  expect(until('11:00')).toBe('至 11:00，还有 5 分钟')
})

it('no space follows a full-width stop', () => {
  expect(joinSentences('PIN 不对。', '请再试一次。')).toBe('PIN 不对。请再试一次。')
  expect(joinSentences('Wrong PIN.', 'Try again.')).toBe('Wrong PIN. Try again.')
})
