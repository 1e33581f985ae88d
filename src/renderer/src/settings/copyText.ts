/** The old way, which asks for no permission: select and copy within the press. */
function copySelection(page: Document, text: string): boolean {
  const area = page.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.className = 'copy-source'
  const focused = page.activeElement
  page.body.append(area)
  area.select()
  try {
    // Deprecated and still the only way where the clipboard API is not granted, as in a kiosk.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return page.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}

/** Puts a text into the system's clipboard. @returns whether it is there */
export async function copyText(page: Window, text: string): Promise<boolean> {
  try {
    // Absent on pages that are neither https nor loopback, whatever the type says.
    if ('clipboard' in page.navigator) {
      await page.navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // Not granted; the old way is tried.
  }
  return copySelection(page.document, text)
}
