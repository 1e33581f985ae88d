import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ScriptFailure } from './commandLine.mjs'
import { runProgram } from './runProgram.mjs'

/** From the few tablets that see a version first to all of them. */
export const rings = ['canary', 'early', 'stable']

const PACKAGE = 'doorplate'

/** Tablets trust the origin by name: docs/updates.md, doorplate-ring. */
const suite = (ring, key) => `Origin: Doorplate
Label: Doorplate
Suite: ${ring}
Codename: ${ring}
Components: main
Architectures: amd64 arm64
Description: Doorplate, ring ${ring}
SignWith: ${key}
`

function requireRing(ring) {
  if (!rings.includes(ring)) throw new ScriptFailure(`'${ring}' is no ring: ${rings.join(', ')}.`, 2)
}

/** Runs a tool to its end. @throws {ScriptFailure} with what the tool said */
async function tool(command, args) {
  const { code, output } = await runProgram(command, args, { write: () => undefined })
  if (code === 0) return output
  const remedy = code === 127 ? ' Install it: apt-get install reprepro gnupg.' : ''
  throw new ScriptFailure(`${command} failed (${code}).${remedy}\n${output}`)
}

/**
 * A repository that reprepro keeps: its own files in `folder`, what is served in `folder/public`.
 * @param {string} folder
 */
export function createAptRepository(folder) {
  const base = resolve(folder)
  const settings = join(base, 'conf', 'distributions')

  function reprepro(...args) {
    if (!existsSync(settings))
      throw new ScriptFailure(`${base} holds no repository. Make one: --create FINGERPRINT.`)
    // Relative paths of reprepro start from its own folder, those of the command line from where it was typed.
    return tool('reprepro', ['--basedir', base, '--outdir', join(base, 'public'), ...args])
  }

  /** @returns {Promise<string[]>} `version (processor)` of each deb the ring has */
  async function versionsOf(ring) {
    const listed = await reprepro('--list-format', '${version} (${architecture})\n', 'list', ring, PACKAGE)
    return [...new Set(listed.split('\n').filter(Boolean))].sort()
  }

  return {
    /** @param {string} key fingerprint of a secret key in the caller's keyring */
    async create(key) {
      if (existsSync(settings)) throw new ScriptFailure(`${base} holds a repository already.`)
      if (!/^[0-9A-F]{40}$/i.test(key)) {
        throw new ScriptFailure(`'${key}' is no fingerprint: 40 digits, from gpg --list-secret-keys.`, 2)
      }
      await tool('gpg', ['--batch', '--list-secret-keys', key])
      const publicKey = await tool('gpg', ['--batch', '--armor', '--export', key])
      mkdirSync(join(base, 'conf'), { recursive: true })
      mkdirSync(join(base, 'public'), { recursive: true })
      writeFileSync(join(base, 'public', 'doorplate.asc'), publicKey)
      writeFileSync(settings, rings.map((ring) => suite(ring, key)).join('\n'))
      // Rings without a version are signed too: a tablet may follow one before it has anything.
      await reprepro('export')
    },

    /** @throws {ScriptFailure} also where the ring keeps a newer version, or this version with other contents */
    async add(given, ring) {
      const file = resolve(given)
      requireRing(ring)
      const fields = await tool('dpkg-deb', [
        '--show',
        '--showformat',
        '${Package} ${Version} (${Architecture})',
        file,
      ])
      if (!fields.startsWith(`${PACKAGE} `)) throw new ScriptFailure(`${file} is ${fields}, not ${PACKAGE}.`)
      await reprepro('includedeb', ring, file)
      const version = fields.slice(PACKAGE.length + 1)
      const kept = await versionsOf(ring)
      // reprepro says so and succeeds.
      if (!kept.includes(version))
        throw new ScriptFailure(`${ring} has ${kept.join(', ')}: newer than ${version}.`)
    },

    /** The same deb, bit by bit, in the next ring. */
    async promote(ring) {
      requireRing(ring)
      const from = rings[rings.indexOf(ring) - 1]
      if (from === undefined)
        throw new ScriptFailure(`${ring} is the first ring: --add puts a version there.`, 2)
      if ((await versionsOf(from)).length === 0) throw new ScriptFailure(`${from} has nothing to promote.`)
      await reprepro('copy', ring, from, PACKAGE)
      const [wanted, kept] = [await versionsOf(from), await versionsOf(ring)]
      if (wanted.some((version) => !kept.includes(version))) {
        throw new ScriptFailure(`${ring} has ${kept.join(', ')}: newer than ${wanted.join(', ')} of ${from}.`)
      }
    },

    async withdraw(ring) {
      requireRing(ring)
      await reprepro('remove', ring, PACKAGE)
    },

    /** @returns {Promise<{ ring: string, versions: string[] }[]>} */
    async list() {
      const lists = []
      for (const ring of rings) lists.push({ ring, versions: await versionsOf(ring) })
      return lists
    },
  }
}
