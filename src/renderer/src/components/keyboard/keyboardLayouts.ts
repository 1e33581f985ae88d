/** Which keys are shown: letters, or one of two pages of digits and signs. */
export type KeyPage = 'letters' | 'signs' | 'moreSigns'

/** Rows of characters of each page, top to bottom. Together they hold every printable ASCII character. */
export const keyRows: Readonly<Record<KeyPage, readonly (readonly string[])[]>> = {
  letters: [Array.from('qwertyuiop'), Array.from('asdfghjkl'), Array.from('zxcvbnm')],
  signs: [Array.from('1234567890'), Array.from('-_./:@&=+'), Array.from('#%?!,;*')],
  moreSigns: [Array.from('()[]{}<>|\\'), Array.from('$^~`\'"-_/'), Array.from('.:@&=+?')],
}

/** The row of digits above the letters, where the screen is tall enough for five rows. */
export const digitRow: readonly string[] = Array.from('1234567890')

/** Characters that stand beside the space bar of the letters page: what corpids, secrets and addresses need most. */
export const besideSpace: readonly string[] = Array.from('-./_')

/** What a field asks for: a full keyboard, a pad for whole numbers, one for decimal degrees, or none. */
const keyboardKinds = ['text', 'digits', 'decimal'] as const

/** See {@link keyboardKinds}. */
export type KeyboardKind = (typeof keyboardKinds)[number]

/** What a field's `data-keyboard` asks for; text where it asks for nothing known. */
export function keyboardKindOf(field: HTMLElement): KeyboardKind {
  const asked = field.dataset['keyboard']
  return keyboardKinds.find((kind) => kind === asked) ?? 'text'
}
