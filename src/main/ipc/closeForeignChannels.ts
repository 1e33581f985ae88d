import { ipcMain } from 'electron'

/** What electron-store listens on since its first file was opened, so that a page could ask for the app's folder. */
const FOREIGN = 'electron-store-get-data'

/** Shuts the channel a library has opened for pages: ours is the only one, and it checks who asks. */
export function closeForeignChannels(): void {
  ipcMain.removeAllListeners(FOREIGN)
}
