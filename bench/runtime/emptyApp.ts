import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const files = {
  'package.json': '{ "name": "empty", "productName": "Empty", "version": "1.0.0", "main": "main.js" }\n',
  'main.js': `const { app, BrowserWindow } = require('electron')
app.enableSandbox()
void app.whenReady().then(() => {
  const window = new BrowserWindow({ kiosk: true, fullscreen: true, frame: false, backgroundColor: '#101418' })
  return window.loadFile('index.html')
})
process.on('SIGTERM', () => app.quit())
`,
  'index.html': `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Empty</title>
<body style="background: #101418; color: #fff"><p data-testid="timeline-row">Nothing</p></body></html>
`,
} as const

/** Writes an Electron app that does nothing: one window that fills the screen, one page that stands still. */
export async function writeEmptyApp(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
}
