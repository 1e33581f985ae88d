import { describe, expect, it } from 'vitest'
import { chooseDisplay } from './chooseDisplay.ts'
import { isKeyAllowed } from './isKeyAllowed.ts'

/** `Ctrl+Alt+x` as what Electron reports. */
function pressed(chord: string) {
  const parts = chord === '+' ? ['+'] : chord.split('+')
  return {
    key: parts.at(-1)!,
    control: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    meta: parts.includes('Meta'),
  }
}

describe('isKeyAllowed', () => {
  it.each([
    'a',
    'Z',
    '7',
    '会',
    '+',
    ' ',
    'é',
    '😀',
    'Enter',
    'Tab',
    'Backspace',
    'ArrowLeft',
    'Shift',
    'Process',
    'Escape',
  ])('typing %s works', (chord) => {
    expect(isKeyAllowed(pressed(chord))).toBe(true)
  })

  it.each(['Ctrl+v', 'Ctrl+V', 'Ctrl+a', 'Ctrl+Backspace', 'Ctrl+Alt+@'])('editing by %s works', (chord) => {
    expect(isKeyAllowed(pressed(chord))).toBe(true)
  })

  it.each([
    ...[
      'F1',
      'F5',
      'F11',
      'F12',
      'BrowserBack',
      'BrowserHome',
      'LaunchMail',
      'ContextMenu',
      'PrintScreen',
      'Power',
      'ZoomIn',
    ],
    ...[
      'Ctrl+r',
      'Ctrl+R',
      'Ctrl+w',
      'Ctrl+q',
      'Ctrl+p',
      'Ctrl+n',
      'Ctrl+t',
      'Ctrl+0',
      'Ctrl+-',
      'Ctrl+=',
      'Ctrl+i',
      'Ctrl+F5',
      'Ctrl+Tab',
    ],
    ...['Alt+F4', 'Alt+ArrowLeft', 'Alt+d', 'Alt+Tab', 'Ctrl+Alt+F2', 'Meta+l', 'Meta+d', 'Ctrl+Meta+v'],
  ])('%s stays outside', (chord) => {
    expect(isKeyAllowed(pressed(chord))).toBe(false)
  })
})

describe('chooseDisplay', () => {
  const [first, second] = [{ id: 10 }, { id: 20 }]
  it.each([
    [null, first],
    [1, first],
    [2, second],
    [3, first],
  ])('wanted %s', (wanted, chosen) => {
    expect(chooseDisplay([first, second], first, wanted)).toBe(chosen)
  })
})
