import { cleanup, render, screen } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { useModalFocus } from './useModalFocus.ts'

afterEach(cleanup)

const onEscape = vi.fn()
const Question = defineComponent({
  setup() {
    const root = ref<HTMLElement | null>(null)
    useModalFocus({ page: document, root, onEscape })
    return () =>
      h('div', { ref: root, tabindex: -1, 'data-testid': 'root' }, [
        h('button', { 'data-testid': 'first' }),
        h('button', { 'data-testid': 'last' }),
        h('button', { 'data-testid': 'off', disabled: true }),
      ])
  },
})
const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset['testid']
function press(key: string, shiftKey = false): void {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }))
}

async function open() {
  const outside = document.body.appendChild(document.createElement('button'))
  outside.dataset['testid'] = 'outside'
  outside.focus()
  const view = render(Question)
  await nextTick()
  return { view, outside }
}

describe('the keyboard of a question over everything', () => {
  it('begins in it and goes round in it, past what cannot be pressed', async () => {
    const { outside } = await open()
    expect(focused()).toBe('root')
    press('Tab')
    expect(focused()).toBe('first')
    press('Tab', true)
    expect(focused()).toBe('last')
    press('Tab')
    expect(focused()).toBe('first')
    outside.remove()
  })

  it('comes back when the focus got lost, and Escape works all the same', async () => {
    const { outside } = await open()
    screen.getByTestId('root').blur()
    press('Escape')
    expect(onEscape).toHaveBeenCalledTimes(1)
    press('Tab')
    expect(focused()).toBe('first')
    outside.remove()
  })

  it('goes back to where it came from', async () => {
    const { view, outside } = await open()
    view.unmount()
    expect(focused()).toBe('outside')
    press('Escape')
    expect(onEscape).toHaveBeenCalledTimes(1)
    outside.remove()
  })
})
