/** Whether every word of what was typed occurs in one of the texts, whatever its case and width. */
export function matchesText(typed: string, texts: readonly string[]): boolean {
  const fold = (text: string): string => text.normalize('NFKC').toLowerCase()
  const hay = texts.map(fold).join('\n')
  return fold(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
