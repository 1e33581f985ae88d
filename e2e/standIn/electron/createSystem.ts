import { KnownEvents, knownApi, told } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { ScreenSize } from '../wire.ts'

function displaysOf(screens: readonly ScreenSize[]) {
  let left = 0
  return screens.map((size, index) => {
    const bounds = { x: left, y: 0, ...size }
    left += size.width
    return {
      id: index + 1,
      label: `screen ${index + 1}`,
      bounds,
      workArea: bounds,
      size,
      workAreaSize: size,
      scaleFactor: 1,
      rotation: 0,
      internal: index === 0,
      touchSupport: 'available',
    }
  })
}

function createScreen(screens: readonly ScreenSize[], tell: Tell) {
  const displays = displaysOf(screens)
  const emitter = new KnownEvents(
    'screen',
    ['display-added', 'display-removed', 'display-metrics-changed'],
    tell,
  )
  return knownApi(
    'screen',
    Object.assign(emitter, {
      getPrimaryDisplay: () => displays[0],
      getAllDisplays: () => displays,
      getDisplayMatching: () => displays[0],
      getDisplayNearestPoint: () => displays[0],
      getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    }),
    tell,
  )
}

function createPowerSaveBlocker(tell: Tell) {
  const started = new Set<number>()
  return knownApi(
    'powerSaveBlocker',
    {
      start: (kind: string) => {
        tell('powerSaveBlocker.start', kind)
        const id = started.size + 1
        started.add(id)
        return id
      },
      stop: (id: number) => {
        tell('powerSaveBlocker.stop', id)
        return started.delete(id)
      },
      isStarted: (id: number) => started.has(id),
    },
    tell,
  )
}

function createMenu(tell: Tell) {
  let menu: unknown = null
  return knownApi(
    'Menu',
    {
      setApplicationMenu: (next: unknown) => {
        tell('Menu.setApplicationMenu', next)
        menu = next
      },
      getApplicationMenu: () => menu,
      buildFromTemplate: (template: unknown) => {
        tell('Menu.buildFromTemplate')
        return { template }
      },
    },
    tell,
  )
}

function createGlobalShortcut(tell: Tell) {
  const registered = new Map<string, () => void>()
  return knownApi(
    'globalShortcut',
    {
      register: (accelerator: string, run: () => void) => {
        tell('globalShortcut.register', accelerator)
        registered.set(accelerator, run)
        return true
      },
      registerAll: (accelerators: readonly string[], run: () => void) => {
        tell('globalShortcut.registerAll', accelerators)
        for (const one of accelerators) registered.set(one, run)
      },
      isRegistered: (accelerator: string) => registered.has(accelerator),
      unregister: (accelerator: string) => {
        tell('globalShortcut.unregister', accelerator)
        registered.delete(accelerator)
      },
      unregisterAll: () => {
        tell('globalShortcut.unregisterAll')
        registered.clear()
      },
    },
    tell,
  )
}

const powerEvents = [
  'suspend',
  'resume',
  'on-ac',
  'on-battery',
  'shutdown',
  'lock-screen',
  'unlock-screen',
  'user-did-become-active',
  'user-did-resign-active',
  'thermal-state-change',
  'speed-limit-change',
]

/** The modules around the window: power, screens, menus, keys, theme, crash dumps; and the boxes nobody may open. */
export function createSystem(screens: readonly ScreenSize[], tell: Tell) {
  const powerMonitor = Object.assign(new KnownEvents('powerMonitor', powerEvents, tell), {
    getSystemIdleTime: () => 0,
    getSystemIdleState: () => 'active',
    isOnBatteryPower: () => false,
    getCurrentThermalState: () => 'nominal',
    onBatteryPower: false,
  })
  const theme = Object.assign(new KnownEvents('nativeTheme', ['updated'], tell), {
    shouldUseDarkColors: false,
    shouldUseHighContrastColors: false,
    themeSource: 'system',
  })
  return {
    powerMonitor: knownApi('powerMonitor', powerMonitor, tell),
    powerSaveBlocker: createPowerSaveBlocker(tell),
    screen: createScreen(screens, tell),
    nativeTheme: knownApi('nativeTheme', theme, tell),
    Menu: createMenu(tell),
    globalShortcut: createGlobalShortcut(tell),
    crashReporter: knownApi(
      'crashReporter',
      told('crashReporter', ['start', 'addExtraParameter'], tell),
      tell,
    ),
    // A box on a door waits for ever for somebody with a mouse.
    dialog: knownApi(
      'dialog',
      told(
        'forbidden dialog',
        [
          'showErrorBox',
          'showMessageBox',
          'showMessageBoxSync',
          'showOpenDialog',
          'showOpenDialogSync',
          'showSaveDialog',
          'showSaveDialogSync',
          'showCertificateTrustDialog',
        ],
        tell,
      ),
      tell,
    ),
    shell: knownApi(
      'shell',
      told('forbidden shell', ['openExternal', 'openPath', 'showItemInFolder', 'beep', 'trashItem'], tell),
      tell,
    ),
  }
}
