import { describe, expect, it } from 'vitest'
import { messages } from '../i18n/createDisplayI18n.ts'
import { lineWidth, wordLines, wordWidth } from './wordWidth.ts'

describe('status word', () => {
  it.each([
    ['空闲', ['空闲']],
    ['即将开始', ['即将开始']],
    ['Available', ['Available']],
    ['In use', ['In use']],
    ['Check in', ['Check in']],
    ['Starting soon', ['Starting', 'soon']],
    ['Awaiting approval', ['Awaiting', 'approval']],
    ['Out of service', ['Out of', 'service']],
    ['Verylongsingleword', ['Verylongsingleword']],
  ])('%s is set as %j', (word, lines) => {
    expect(wordLines(word)).toEqual(lines)
  })

  it('has one em for each Chinese character, and the widest line counts', () => {
    expect(lineWidth('使用中')).toBe(3)
    expect(wordWidth(['空闲', '即将开始'])).toBe(4)
  })

  it.each(Object.values(messages).flatMap(({ status }) => Object.values(status)))(
    '%s is short enough to be read from six metres',
    (word) => {
      // 86 units of column over the width in ems: at least a tenth of the panel's height.
      expect(86 / wordWidth(wordLines(word))).toBeGreaterThan(16)
    },
  )
})
