/** What is looked at of a key press; a part of Electron's `Input`. */
export interface KeyInput {
  /** The key's meaning, e.g. `a` or `Enter`. */
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** Keys with a name that typing and moving between fields needs. Function, media and browser keys are not among them. */
const named: ReadonlySet<string> = new Set([
  ...['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...[
    'Shift',
    'Control',
    'Alt',
    'AltGraph',
    'CapsLock',
    'NumLock',
    'Dead',
    'Process',
    'Compose',
    'Unidentified',
  ],
])

/** Editing with a keyboard that an installer brought along. */
const withControl: ReadonlySet<string> = new Set([
  'a',
  'c',
  'v',
  'x',
  'z',
  'y',
  'ArrowLeft',
  'ArrowRight',
  'Backspace',
  'Delete',
  'Control',
  'Shift',
])

/** One character, however many code units it takes. */
const isCharacter = (key: string): boolean => /^.$/su.test(key)

/**
 * Whether a key press may reach the page: an allow-list, so that what a later Chromium binds to some key stays shut. Chords
 * of the system (Ctrl+Alt+Del, Win+L, switching consoles) never come here; they are the system's to lock. Pure.
 */
export function isKeyAllowed({ key, control, alt, meta }: KeyInput): boolean {
  if (meta) return false
  // AltGr, which types on many layouts, arrives as Control and Alt together on Windows.
  if (alt && control) return isCharacter(key) || named.has(key)
  if (alt) return key === 'Alt'
  if (control) return withControl.has(isCharacter(key) ? key.toLowerCase() : key)
  return isCharacter(key) || named.has(key)
}
