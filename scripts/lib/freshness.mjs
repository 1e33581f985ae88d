import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from './projectRoot.mjs'

/** The latest change below a path, folders included: a deleted file shows in its folder alone. */
function changedAtMs(path) {
  if (!existsSync(path)) return 0
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAtMs(join(path, name))))
}

/** A stamp is written after a build that succeeded, so that a broken-off one is never taken for done. */
const stampOf = (name) => inProject('out', '.built', name)

/**
 * Whether a build is younger than everything it is made of.
 * @param {{ name: string, sources: readonly string[], results: readonly string[] }} build paths below the repository
 */
export function isFresh({ name, sources, results }) {
  if (!results.every((path) => existsSync(inProject(path)))) return false
  const builtAtMs = changedAtMs(stampOf(name))
  return sources.every((path) => changedAtMs(inProject(path)) < builtAtMs)
}

/** @param {string} name of the build that begins */
export const forgetBuild = (name) => rmSync(stampOf(name), { force: true })

/**
 * @param {string} name of the build that succeeded
 * @param {number} startedAtMs what changed while it ran may not be in it
 */
export function rememberBuild(name, startedAtMs) {
  mkdirSync(dirname(stampOf(name)), { recursive: true })
  writeFileSync(stampOf(name), '')
  utimesSync(stampOf(name), startedAtMs / 1000, startedAtMs / 1000)
}
