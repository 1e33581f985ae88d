import { readFileSync } from 'node:fs'
import { inProject } from '../projectRoot.mjs'

const lifecycle = () => readFileSync(inProject('build', 'linux', 'package', 'lifecycle.sh'), 'utf8')

/** What each packager passes as first word, told in the words of lifecycle.sh. */
const debian = {
  postinst: 'case "$1" in\n  configure) if [ -n "$2" ]; then after_upgrade; else after_install; fi ;;\nesac',
  prerm: 'case "$1" in\n  remove) before_remove ;;\nesac',
  postrm: 'case "$1" in\n  remove) after_remove ;;\n  purge) after_purge ;;\nesac',
}

/** rpm passes how many versions will be installed afterwards. It knows no purge. */
const rpm = {
  post: 'if [ "$1" -gt 1 ]; then after_upgrade; else after_install; fi',
  preun: 'if [ "$1" -eq 0 ]; then before_remove; fi',
  postun: 'if [ "$1" -eq 0 ]; then after_remove; fi',
}

const written = (calls, version) =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      `set -e\nversion='${version}'\n${lifecycle()}\n${call}\n`,
    ]),
  )

/**
 * @param {string} version the package's, as its packager writes it
 * @returns {Record<string, string>} name of the control file → script
 */
export const debianScripts = (version) =>
  Object.fromEntries(
    Object.entries(written(debian, version)).map(([name, body]) => [name, `#!/bin/sh\n${body}`]),
  )

/**
 * @param {string} version the package's, as its packager writes it
 * @returns {Record<string, string>} section of the spec → its body, for /bin/sh
 */
export const rpmScripts = (version) => written(rpm, version)
