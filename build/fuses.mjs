// Which of Electron's fuses are blown, and why (https://www.electronjs.org/docs/latest/tutorial/fuses).
import { FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * Two sets: `production` locks everything; `e2e` leaves the inspector on, because Playwright cannot drive an app without it.
 * Every fuse is written out: `strictlyRequireAllFuses` fails the build when Electron adds one nobody has decided about.
 * `leftOut` names fuses that an older Electron under test does not have; with the product's own the build then fails.
 */
export function fuseSet(name, leftOut = []) {
  if (name !== 'production' && name !== 'e2e') throw new Error(`unknown fuse set ${name}: production or e2e`)
  const all = everyFuse(name)
  for (const fuse of leftOut) delete all[FuseV1Options[fuse]]
  return all
}

/** Reads a list of fuses by name, e.g. `WasmTrapHandlers`. A misspelt one must not pass for a decision. */
export function leftOutFuses(list = '') {
  const names = list.split(',').filter(Boolean)
  const unknown = names.filter((name) => typeof FuseV1Options[name] !== 'number')
  if (unknown.length > 0) throw new Error(`unknown fuse ${unknown.join(', ')}`)
  return names
}

function everyFuse(name) {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Nobody may start the app as a plain Node, with options of theirs, or with a debugger.
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: name === 'e2e',
    // The panel keeps no cookies; on, this fuse wakes the keyring at every start.
    [FuseV1Options.EnableCookieEncryption]: false,
    // Code comes from the asar alone, whose hash is checked where the platform can (Windows, macOS).
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Pages come from app://; file:// gets no privileges.
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  }
}
