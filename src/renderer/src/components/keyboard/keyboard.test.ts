import { cleanup, fireEvent, render } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { createFakeClock, settle } from '../../../../core/testing/fakeClock.ts'
import { addSettingsTexts } from '../../i18n/addSettingsTexts.ts'
import { createDisplayI18n } from '../../i18n/createDisplayI18n.ts'
import { deleteBackwards, insertText, isEditable, moveCaret, nextField } from './editField.ts'
import { keyRows } from './keyboardLayouts.ts'
import LetterKeys from './LetterKeys.vue'
import NumberPad from './NumberPad.vue'
import OnScreenKeyboard from './OnScreenKeyboard.vue'
import { useFocusedField } from './useFocusedField.ts'

afterEach(cleanup)

function plugins() {
  const i18n = createDisplayI18n('en-US')
  addSettingsTexts(i18n.global)
  return [i18n]
}

/** Mounted, with its queries as plain functions. */
function show(...[component, options]: Parameters<typeof render>) {
  const view = render(component, { ...options, global: { plugins: plugins() } })
  return {
    getByTestId: (id: string) => view.getByTestId(id),
    queryByTestId: (id: string) => view.queryByTestId(id),
    findByText: (text: string) => view.findByText(text),
    emitted: () => view.emitted(),
    unmount: () => view.unmount(),
  }
}

function field(html: string): HTMLInputElement {
  document.body.innerHTML = html
  return document.querySelector('input, textarea')!
}

const press = (element: Element): void =>
  void element.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, cancelable: true }))

describe('keyboardLayouts', () => {
  it('hold every printable sign a secret, an address or a name can have, each once a page', () => {
    const typed = new Set([...keyRows.letters, ...keyRows.signs, ...keyRows.moreSigns].flat())
    const missing: string[] = []
    for (let code = 33; code < 127; code += 1) {
      const sign = String.fromCharCode(code)
      if (!typed.has(sign) && !typed.has(sign.toLowerCase())) missing.push(sign)
    }
    expect(missing).toEqual([])
    for (const rows of Object.values(keyRows)) expect(new Set(rows.flat()).size).toBe(rows.flat().length)
  })

  it('leave every key its 64 pixels on a screen 800 wide: at most ten in a row', () => {
    for (const row of Object.values(keyRows).flat()) expect(row.length).toBeLessThanOrEqual(10)
  })
})

describe('editField', () => {
  it('writes at the caret and in place of what is selected, telling listeners', () => {
    const input = field('<input value="abcd">')
    const heard: string[] = []
    input.addEventListener('input', () => heard.push(input.value))
    input.setSelectionRange(2, 2)
    insertText(input, 'X')
    input.setSelectionRange(0, 3)
    insertText(input, '-')
    expect(heard).toEqual(['abXcd', '-cd'])
    expect(input.selectionStart).toBe(1)
  })

  it('stops at the length a field allows: a script may write more than a person', () => {
    const input = field('<input maxlength="4" value="abc">')
    input.setSelectionRange(3, 3)
    insertText(input, 'xyz')
    insertText(input, 'z')
    expect(input.value).toBe('abcx')
  })

  it('deletes the selection, else one character, even one of two units', () => {
    const input = field('<input value="ab😀">')
    input.setSelectionRange(4, 4)
    deleteBackwards(input)
    expect(input.value).toBe('ab')
    input.setSelectionRange(0, 0)
    deleteBackwards(input)
    expect(input.value).toBe('ab')
    input.setSelectionRange(0, 2)
    deleteBackwards(input)
    expect(input.value).toBe('')
  })

  it('moves the caret no further than the text', () => {
    const input = field('<input value="ab">')
    input.setSelectionRange(2, 2)
    moveCaret(input, 1)
    moveCaret(input, -1)
    expect(input.selectionStart).toBe(1)
  })

  it.each([
    ['<input type="text">', true],
    ['<input type="password">', true],
    ['<textarea></textarea>', true],
    ['<input type="radio">', false],
    ['<input type="checkbox">', false],
    ['<input readonly>', false],
    ['<input disabled>', false],
  ])('%s can be typed in: %s', (html, expected) => {
    expect(isEditable(field(html))).toBe(expected)
  })

  it('finds the next field, past buttons and switched-off ones', () => {
    const input = field('<input id="a"><input type="checkbox"><input disabled><textarea id="b"></textarea>')
    const next = nextField(document.body, input)
    expect(next?.id).toBe('b')
    expect(nextField(document.body, next!)).toBeNull()
  })
})

describe('LetterKeys', () => {
  it('one press of shift is for one letter, two hold, three release', async () => {
    const { getByTestId, emitted } = show(LetterKeys, { props: { isMultiline: false } })
    const tap = (id: string): Promise<void> => fireEvent.pointerDown(getByTestId(id))
    await tap('key-a')
    await tap('key-shift')
    await tap('key-B')
    await tap('key-c')
    await tap('key-shift')
    await tap('key-shift')
    await tap('key-D')
    await tap('key-E')
    await tap('key-shift')
    await tap('key-f')
    expect(emitted()['text']!.flat().join('')).toBe('aBcDEf')
  })

  it('reaches all signs and comes back to letters', async () => {
    const { getByTestId, queryByTestId, emitted } = show(LetterKeys, { props: { isMultiline: true } })
    await fireEvent.pointerDown(getByTestId('key-page'))
    await fireEvent.pointerDown(getByTestId('key-+'))
    await fireEvent.pointerDown(getByTestId('key-more'))
    await fireEvent.pointerDown(getByTestId('key-['))
    await fireEvent.pointerDown(getByTestId('key-newline'))
    await fireEvent.pointerDown(getByTestId('key-page'))
    expect(queryByTestId('key-q')).not.toBeNull()
    expect(emitted()['text']!.flat().join('')).toBe('+[\n')
  })
})

describe('NumberPad', () => {
  it('answers on the press itself and takes the focus from nobody', () => {
    const { getByTestId, emitted } = show(NumberPad)
    const down = new MouseEvent('pointerdown', { bubbles: true, cancelable: true })
    getByTestId('key-7').dispatchEvent(down)
    expect(emitted()['key']).toEqual([['7']])
    expect(down.defaultPrevented).toBe(true)
  })

  it('is dead while it is switched off', () => {
    const { getByTestId } = show(NumberPad, { props: { isDisabled: true } })
    expect(getByTestId('key-7').matches(':disabled')).toBe(true)
    expect(getByTestId('key-finish').matches(':disabled')).toBe(true)
  })
})

describe('OnScreenKeyboard', () => {
  function setUp(html: string, canPaste = false) {
    const input = field(`<div>${html}</div>`)
    const clock = createFakeClock(0)
    const view = show(OnScreenKeyboard, { props: { field: input, clock, root: document.body, canPaste } })
    return { input, clock, ...view }
  }

  it('repeats deleting while the key is held and stops with it', async () => {
    const { input, clock, getByTestId } = setUp('<input value="abcdefgh">')
    input.setSelectionRange(8, 8)
    press(getByTestId('key-delete'))
    expect(input.value).toBe('abcdefg')
    await clock.advance(420 + 70)
    expect(input.value).toBe('abcde')
    await fireEvent.pointerUp(getByTestId('keyboard'))
    await clock.advance(5_000)
    expect(input.value).toBe('abcde')
    expect(clock.pending()).toBe(0)
  })

  it('gives a number field a pad, degrees a sign and a point as well', () => {
    const digits = setUp('<input data-keyboard="digits">')
    expect([digits.queryByTestId('key-q'), digits.queryByTestId('key-.')]).toEqual([null, null])
    digits.unmount()
    const { getByTestId, input } = setUp('<input data-keyboard="decimal">')
    for (const key of ['-', '3', '0', '.', '2']) press(getByTestId(`key-${key}`))
    expect(input.value).toBe('-30.2')
  })

  it('offers to paste only where that can work, and says so when it is refused', async () => {
    const without = setUp('<input>')
    expect(without.queryByTestId('key-paste')).toBeNull()
    without.unmount()
    vi.stubGlobal('navigator', { clipboard: { readText: () => Promise.reject(new Error('denied')) } })
    const { getByTestId, findByText } = setUp('<input>', true)
    await fireEvent.click(getByTestId('key-paste'))
    await findByText('Clipboard not allowed here')
  })

  it('pastes at the caret', async () => {
    vi.stubGlobal('navigator', { clipboard: { readText: () => Promise.resolve('ww4f') } })
    const { getByTestId, input } = setUp('<input value="[]">', true)
    input.setSelectionRange(1, 1)
    await fireEvent.click(getByTestId('key-paste'))
    await vi.waitFor(() => expect(input.value).toBe('[ww4f]'))
  })

  it('goes to the next field, and away after the last', async () => {
    const { getByTestId, emitted, input, unmount } = setUp('<input id="a"><input id="b">')
    await fireEvent.click(getByTestId('key-next'))
    expect(document.activeElement?.id).toBe('b')
    expect(input.id).toBe('a')
    expect(emitted()['hide']).toBeUndefined()
    unmount()
    const last = setUp('<input id="only">')
    await fireEvent.click(last.getByTestId('key-next'))
    expect(last.emitted()['hide']).toHaveLength(1)
  })
})

describe('useFocusedField', () => {
  async function setUp() {
    document.body.innerHTML =
      '<main><input id="a"><input id="b"><input id="r" type="radio"><button id="c"></button></main>'
    const clock = createFakeClock(0)
    const root = shallowRef<HTMLElement | null>(document.querySelector('main'))
    const scope = effectScope()
    const { field: shown, hide } = scope.run(() => useFocusedField(root, clock))!
    await nextTick()
    const get = (id: string): HTMLElement => document.getElementById(id)!
    const down = (id: string): void => press(get(id))
    const up = (): void => void document.dispatchEvent(new Event('pointerup'))
    return { clock, scope, shown, hide, get, down, up }
  }

  it('shows with the focus of a finger: after the press, or the page would move from under it', async () => {
    const { shown, get, down, up } = await setUp()
    down('a')
    get('a').focus()
    expect(shown.value).toBeNull()
    up()
    expect(shown.value?.id).toBe('a')
  })

  it('shows at once where the focus comes after the press, as touch screens give it', async () => {
    const { shown, get, down, up } = await setUp()
    down('a')
    up()
    get('a').focus()
    expect(shown.value?.id).toBe('a')
  })

  it('stays through a change of fields and goes after the press that leaves them', async () => {
    const { shown, get, down, up, clock } = await setUp()
    get('a').focus()
    get('b').focus()
    await clock.advance(1_000)
    expect(shown.value?.id).toBe('b')
    down('c')
    get('c').focus()
    await clock.advance(1_000)
    expect(shown.value?.id).toBe('b')
    up()
    await clock.advance(80)
    expect(shown.value).toBeNull()
  })

  it('a radio button needs no keyboard', async () => {
    const { shown, get } = await setUp()
    get('r').focus()
    expect(shown.value).toBeNull()
  })

  it('steps aside for a real keyboard and returns with the next touch', async () => {
    const { shown, get, down, up } = await setUp()
    get('a').focus()
    get('a').dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }))
    expect(shown.value).toBeNull()
    get('b').focus()
    expect(shown.value).toBeNull()
    down('b')
    up()
    expect(shown.value?.id).toBe('b')
  })

  it('put away, it comes back when its field is touched again', async () => {
    const { shown, hide, get, down, up } = await setUp()
    get('a').focus()
    hide()
    expect([shown.value, document.activeElement?.id]).toEqual([null, ''])
    down('a')
    get('a').focus()
    up()
    expect(shown.value?.id).toBe('a')
  })

  it('goes when its field is taken away under it', async () => {
    const { shown, get } = await setUp()
    get('a').focus()
    get('a').remove()
    await settle()
    expect(shown.value).toBeNull()
  })

  it('leaves nothing behind', async () => {
    const { scope, shown, get, clock } = await setUp()
    scope.stop()
    get('a').focus()
    expect([shown.value, clock.pending()]).toEqual([null, 0])
  })
})
