import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

const script = join(import.meta.dirname, '../build/linux/updates/doorplate-ring')
const repository = 'https://apt.example.invalid/doorplate'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doorplate-ring-'))
  writeFileSync(join(root, 'key.asc'), '-----BEGIN PGP PUBLIC KEY BLOCK-----\n')
  writeFileSync(join(root, 'secret.asc'), '-----BEGIN PGP PRIVATE KEY BLOCK-----\n')
  return () => rmSync(root, { recursive: true, force: true })
})

const sources = (): string => readFileSync(join(root, 'etc/apt/sources.list.d/doorplate.sources'), 'utf8')
const run = (...args: string[]) =>
  spawnSync('/bin/sh', [script, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DOORPLATE_ROOT: root },
  })
const key = (): string => join(root, 'key.asc')

describe.skipIf(process.platform !== 'linux')('doorplate-ring', () => {
  it('names the ring in one line, and the key nobody else may sign with', () => {
    expect(run('stable', '--repository', repository, '--key', key()).status).toBe(0)
    expect(sources()).toBe(
      `Types: deb\nURIs: ${repository}\nSuites: stable\nComponents: main\nSigned-By: /etc/apt/keyrings/doorplate.asc\n`,
    )
    expect(run('canary').status).toBe(0)
    expect(sources()).toContain(`URIs: ${repository}\nSuites: canary\n`)
    expect(run().stdout).toContain('ring:       canary')
  })

  it('installs at night only: a night that was missed is not made up for at noon', () => {
    run('stable', '--repository', repository, '--key', key())
    const timer = (name: string): string =>
      readFileSync(join(root, `etc/systemd/system/${name}.timer.d/doorplate.conf`), 'utf8')
    // The empty line takes the system's own times away.
    const upgrade = '[Timer]\nOnCalendar=\nOnCalendar=*-*-* 03:00\nRandomizedDelaySec=90m\nPersistent=false\n'
    expect(timer('apt-daily-upgrade')).toContain(upgrade)
    expect(timer('apt-daily')).toContain('OnCalendar=\nOnCalendar=*-*-* 02:00\n')
  })

  it('off takes everything away but the key', () => {
    run('stable', '--repository', repository, '--key', key())
    expect(run('off').status).toBe(0)
    const left = readdirSync(join(root, 'etc'), { recursive: true, withFileTypes: true })
    expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(['doorplate.asc'])
    expect(run().stdout).toContain('ring:       none')
  })

  it.each<[string, string[], string]>([
    ['a ring that is none', ['nightly', '--repository', repository], "'nightly' is no ring"],
    ['the first time without a repository', ['stable'], '--repository URL and --key FILE'],
    ['no key', ['stable', '--repository', repository], 'nothing that arrives could be trusted'],
    ['a key that is secret', ['stable', '--repository', repository, '--key', 'secret.asc'], 'no public key'],
    ['a key that is not there', ['stable', '--repository', repository, '--key', 'none'], 'no public key'],
    ['an address of another kind', ['stable', '--repository', 'ftp://x'], 'no address of a repository'],
    ['two lines in an address', ['stable', '--repository', 'https://x\nTrusted: yes'], 'no spaces'],
    ['a flag without its value', ['stable', '--key'], '--key needs a value'],
    ['a key without a ring', ['--key', 'key.asc'], 'name the ring as well'],
  ])('refuses %s, and writes nothing', (_name, args, problem) => {
    const refused = run(...args.map((arg) => (arg.endsWith('.asc') ? join(root, arg) : arg)))
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain(problem)
    expect(existsSync(join(root, 'etc'))).toBe(false)
  })
})
