/** A text that does not fit where it stands. */
export interface ClippedText {
  readonly text: string
  /** What cuts it. */
  readonly place: string
}

/**
 * Texts of the page that are cut. Not cut is what ends in an ellipsis on purpose (it says so by `text-overflow` or a line
 * clamp and still shows its beginning), what is meant for assistive technology alone, and what lies outside of the
 * timeline's window as a whole: the timeline is a window onto the day.
 * Runs in the page as text: it may use nothing from outside of itself.
 */
export function findClippedTexts(): readonly ClippedText[] {
  const SLACK_PX = 1
  const WINDOW = '[data-testid="timeline"]'
  /** The ruler's hours: they run through the window and fade at its edges. */
  const RULER = `${WINDOW} [aria-hidden="true"]`
  type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>

  /** The letters themselves: a line's box is higher than its letters, by an amount that depends on the font. */
  function linesOf(node: Text, fontPx: number): readonly Box[] {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].map(({ left, right, top, bottom }) => {
      const air = Math.max(0, (bottom - top - fontPx) / 2)
      return { left, right, top: top + air, bottom: bottom - air }
    })
  }
  const sticksOut = (line: Box, box: Box): boolean =>
    line.left < box.left - SLACK_PX ||
    line.right > box.right + SLACK_PX ||
    line.top < box.top - SLACK_PX ||
    line.bottom > box.bottom + SLACK_PX
  const isOutside = (line: Box, box: Box): boolean =>
    line.bottom <= box.top || line.top >= box.bottom || line.right <= box.left || line.left >= box.right

  /** @returns what cuts the text; null when nothing does or when it is not there for the eye */
  function cutter(node: Text, parent: Element): string | null {
    if (parent.closest(RULER)) return null
    const lines = linesOf(node, parseFloat(getComputedStyle(parent).fontSize))
    const screen: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
    for (let element: Element | null = parent; element; element = element.parentElement) {
      const style = getComputedStyle(element)
      // Faded out where it enters or leaves the window.
      if (style.visibility === 'hidden' || Number(style.opacity) < 0.5) return null
      const isClipping = [style.overflowX, style.overflowY].some(
        (value) => value === 'hidden' || value === 'clip',
      )
      if (!isClipping) continue
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return null
      if (element.clientWidth <= 1 || element.clientHeight <= 1) return null
      const box = element.getBoundingClientRect()
      if (element.closest(WINDOW) && lines.every((line) => isOutside(line, box))) return null
      if (lines.some((line) => sticksOut(line, box))) {
        return element.getAttribute('data-testid') ?? `${element.tagName}.${element.className}`
      }
    }
    return lines.some((line) => sticksOut(line, screen)) ? 'the screen' : null
  }

  const found: ClippedText[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || !node.parentElement || node.data.trim() === '') continue
    const place = cutter(node, node.parentElement)
    if (place !== null) found.push({ text: node.data.trim(), place })
  }
  return found
}
