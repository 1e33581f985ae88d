/** A field the on-screen keys can write to. */
export type EditableField = HTMLInputElement | HTMLTextAreaElement

/** Whether an element takes typed text at the moment. */
export function isEditable(element: unknown): element is EditableField {
  if (element instanceof HTMLTextAreaElement) return !element.readOnly && !element.disabled
  if (!(element instanceof HTMLInputElement)) return false
  return ['text', 'password', 'search'].includes(element.type) && !element.readOnly && !element.disabled
}

const caret = (field: EditableField): readonly [number, number] => {
  const end = field.value.length
  return [field.selectionStart ?? end, field.selectionEnd ?? end]
}

/** Tells whoever listens, as typing on a real keyboard would. */
function announce(field: EditableField): void {
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Writes at the caret, in place of what is selected, as far as the field's length allows. */
export function insertText(field: EditableField, text: string): void {
  const [from, until] = caret(field)
  const room = field.maxLength < 0 ? Infinity : field.maxLength - (field.value.length - (until - from))
  const fitting = text.slice(0, Math.max(0, room))
  if (fitting === '' && from === until) return
  field.setRangeText(fitting, from, until, 'end')
  announce(field)
}

/** Takes away what is selected, or the character before the caret. */
export function deleteBackwards(field: EditableField): void {
  const [from, until] = caret(field)
  if (from === until && from === 0) return
  // A character outside the basic plane is two units long.
  const width = /[\uDC00-\uDFFF]/.test(field.value.charAt(from - 1)) ? 2 : 1
  field.setRangeText('', from === until ? from - width : from, until, 'end')
  announce(field)
}

/** Moves the caret by one character. */
export function moveCaret(field: EditableField, by: -1 | 1): void {
  const [from, until] = caret(field)
  const at = Math.min(field.value.length, Math.max(0, (by < 0 ? from : until) + by))
  field.setSelectionRange(at, at)
}

/** The next field after this one that can be typed in, in the order of the page. */
export function nextField(root: ParentNode, field: EditableField): EditableField | null {
  const fields = [...root.querySelectorAll('input, textarea')].filter(isEditable)
  return fields[fields.indexOf(field) + 1] ?? null
}
