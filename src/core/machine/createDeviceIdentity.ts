import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { isFillerSerial } from './DeviceIdentity.ts'
import type { DeviceIdentity } from './DeviceIdentity.ts'
import { runCommand } from './RunCommand.ts'
import type { RunCommand } from './RunCommand.ts'

/** What {@link createDeviceIdentity} asks. */
export interface DeviceIdentityDeps {
  readonly platform: NodeJS.Platform
  readonly hostName: () => string
  /** `DOORPLATE_SERIAL` of the environment. */
  readonly givenSerial: string | undefined
  /** Rejects where there is no such file, or this user may not read it. */
  readonly readText: (path: string) => Promise<string>
  readonly run: RunCommand
}

/**
 * Where Linux keeps what a machine is known by: the operator's own file, the firmware's numbers (root only), the board's
 * (readable by all), and the number the installation got.
 */
const serialFiles = [
  '/etc/doorplate/serial',
  '/sys/class/dmi/id/product_serial',
  '/sys/class/dmi/id/board_serial',
  '/proc/device-tree/serial-number',
  '/etc/machine-id',
] as const

/** `wmic` is gone from new Windows; this asks the same of CIM. */
const askCim = [
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  '(Get-CimInstance -ClassName Win32_BIOS).SerialNumber',
] as const

/** Asks this machine for its names; each source may be silent. */
export function createDeviceIdentity(deps: DeviceIdentityDeps): DeviceIdentity {
  const { platform, hostName, givenSerial = '', readText, run } = deps

  async function fromSystem(): Promise<readonly string[]> {
    if (platform === 'win32') {
      const asked = await run('powershell.exe', askCim)
      return asked.kind === 'ended' ? [asked.output] : []
    }
    return Promise.all(serialFiles.map((file) => readText(file).catch(() => '')))
  }

  return {
    async read() {
      const found = [givenSerial, ...(await fromSystem())]
        // The device tree ends its texts with a zero byte.
        .map((text) => text.replaceAll('\0', '').trim())
        .filter((text) => text !== '' && !isFillerSerial(text))
      return { hostName: hostName(), serials: [...new Set(found)] }
    },
  }
}

/** This machine. */
export function createNodeDeviceIdentity(givenSerial: string | undefined): DeviceIdentity {
  return createDeviceIdentity({
    platform: process.platform,
    hostName: hostname,
    givenSerial,
    readText: (path) => readFile(path, 'utf8'),
    run: runCommand,
  })
}
