import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

const scripts = join(import.meta.dirname, '../build/linux/updates')

/** Says which tree it is and what it was given; stands for the panel. */
const program = (version: string): string => `#!/bin/sh\necho "${version} $DOORPLATE_TREE $*"\n`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doorplate-trees-'))
  return () => rmSync(root, { recursive: true, force: true })
})

const trees = (...names: string[]): string => join(root, 'opt/Doorplate.trees', ...names)
const journal = (): string => join(root, 'panel/run/trees')
const lines = (): string[] => readFileSync(journal(), 'utf8').trimEnd().split('\n')

function run(script: 'start' | 'keep-tree', args: string[], environment: Record<string, string> = {}) {
  return spawnSync(join(root, 'usr/lib/doorplate', script), args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: root, ...environment },
  })
}

/** What dpkg does: every file under a new name, then renamed over the old one. */
function unpack(version: string): void {
  const folder = join(root, 'opt/Doorplate')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'doorplate.dpkg-new'), program(version), { mode: 0o755 })
  renameSync(join(folder, 'doorplate.dpkg-new'), join(folder, 'doorplate'))
  cpSync(scripts, join(root, 'usr/lib/doorplate'), { recursive: true })
}

function install(version: string): void {
  unpack(version)
  const kept = run('keep-tree', [version])
  expect(kept.stderr).toBe('')
  expect(kept.status).toBe(0)
}

/** @returns the version that started, and what was said on the way */
function start(isSupervised = true): { readonly version: string | undefined; readonly said: string } {
  const started = run('start', [`--user-data=${join(root, 'panel')}`], {
    DOORPLATE_SUPERVISED: isSupervised ? '1' : '0',
  })
  expect(started.status).toBe(0)
  return { version: started.stdout.split(' ')[0], said: started.stderr }
}

/** A process whose program lies at the given path; it waits until it is ended. */
function spawnRunning(path: string): { readonly end: () => void } {
  const child = spawn(path, ['600'], { stdio: 'ignore' })
  return { end: () => void child.kill('SIGKILL') }
}

const tell = (word: 'well' | 'ended', version: string): void =>
  writeFileSync(journal(), `${word} ${version}\n`, { flag: 'a' })

/** One run: the version it was, and how it went. `bad` says nothing, as a crash does. */
function live(version: string, fate: 'well' | 'ended' | 'bad'): string {
  const started = start()
  expect(started.version).toBe(version)
  if (fate !== 'bad') tell(fate, version)
  return started.said
}

const times = (count: number, step: () => void): void => {
  for (let turn = 0; turn < count; turn += 1) step()
}

describe.skipIf(process.platform !== 'linux')('the launcher', () => {
  it('passes its arguments on, and says which tree runs', () => {
    install('0.2.0')
    const started = run('start', ['--display=2', '--provision=/a b'], { XDG_CONFIG_HOME: root })
    expect(started.stdout).toBe('0.2.0 0.2.0 --display=2 --provision=/a b\n')
  })

  it('runs what dpkg unpacked where no tree was kept', () => {
    unpack('0.2.0')
    expect(start()).toEqual({ version: '0.2.0', said: '' })
    expect(existsSync(journal())).toBe(false)
  })

  it('does not start a tree that dpkg has half unpacked', () => {
    install('0.2.0')
    unpack('0.3.0')
    expect(start().version).toBe('0.2.0')
  })

  it('three starts without a healthy minute bring the old version back, and it stays', () => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    times(3, () => live('0.3.0', 'bad'))
    expect(live('0.2.0', 'well')).toContain('0.3.0 was not well in three starts; 0.2.0 runs')
    times(5, () => expect(live('0.2.0', 'bad')).toBe(''))
    expect(lines().find((line) => line.startsWith('back'))).toMatch(/^back 0\.3\.0 0\.2\.0 \d{10}$/)
  })

  it('the next version is taken, and its own trouble goes back to the version that was well', () => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    times(3, () => live('0.3.0', 'bad'))
    live('0.2.0', 'well')
    install('0.3.1')
    times(3, () => live('0.3.1', 'bad'))
    live('0.2.0', 'well')
    install('0.3.2')
    live('0.3.2', 'well')
    expect(lines().some((line) => line.startsWith('back'))).toBe(false)
  })

  it.each<[string, () => void]>([
    ['two bad starts', () => times(2, () => live('0.3.0', 'bad'))],
    ['starts that were asked to end', () => times(9, () => live('0.3.0', 'ended'))],
    [
      'a healthy minute between bad starts',
      () => {
        times(2, () => live('0.3.0', 'bad'))
        live('0.3.0', 'well')
        times(2, () => live('0.3.0', 'bad'))
      },
    ],
    [
      'a week without trouble: what breaks now is the tablet',
      () => {
        times(7, () => live('0.3.0', 'well'))
        times(9, () => live('0.3.0', 'bad'))
      },
    ],
  ])('%s: the version stays', (_name, history) => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    history()
    expect(start().version).toBe('0.3.0')
  })

  it('goes back after six healthy nights too, and counts none twice', () => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    times(6, () => live('0.3.0', 'well'))
    times(3, () => live('0.3.0', 'bad'))
    live('0.2.0', 'well')
  })

  it('never goes back to a version that was not well here', () => {
    install('0.2.0')
    live('0.2.0', 'bad')
    install('0.3.0')
    times(6, () => live('0.3.0', 'bad'))
  })

  it('an older version that is no better gives the new one another chance, in turns', () => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    times(3, () => live('0.3.0', 'bad'))
    times(3, () => live('0.2.0', 'bad'))
    expect(live('0.3.0', 'bad')).toContain('0.3.0 is tried again')
    times(2, () => live('0.3.0', 'bad'))
    live('0.2.0', 'bad')
    live('0.2.0', 'bad')
    live('0.2.0', 'well')
    times(4, () => live('0.2.0', 'bad'))
  })

  it('starts by hand run the same tree and are not judged', () => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    times(9, () => expect(start(false).version).toBe('0.3.0'))
    times(3, () => live('0.3.0', 'bad'))
    live('0.2.0', 'well')
    expect(start(false).version).toBe('0.2.0')
  })

  it.each(['', 'nonsense\n\0\n', 'back 0.3.0\nwell\nstart\n', 'back 0.3.0 9.9.9 1\nwell ../../bin 1\n'])(
    'a journal of %j costs the memory, not the start',
    (text) => {
      install('0.2.0')
      install('0.3.0')
      mkdirSync(join(root, 'panel/run'), { recursive: true })
      writeFileSync(journal(), text)
      expect(start()).toEqual({ version: '0.3.0', said: '' })
    },
  )

  it('keeps its journal short and private whatever happens', () => {
    install('0.2.0')
    live('0.2.0', 'well')
    install('0.3.0')
    times(12, () => live('0.3.0', 'well'))
    times(12, () => live('0.3.0', 'bad'))
    expect(lines().length).toBeLessThan(20)
    expect(statSync(journal()).mode & 0o777).toBe(0o600)
  })

  it('a folder that cannot be written does not keep the door dark', () => {
    install('0.2.0')
    writeFileSync(join(root, 'panel'), 'a file where a folder should be')
    expect(start()).toEqual({ version: '0.2.0', said: '' })
  })
})

describe.skipIf(process.platform !== 'linux')('the trees the package keeps', () => {
  it('an update leaves the files of the old tree as they were, as hard links', () => {
    install('0.2.0')
    const inode = statSync(join(root, 'opt/Doorplate/doorplate')).ino
    expect(statSync(trees('0.2.0/doorplate')).ino).toBe(inode)
    install('0.3.0')
    expect(readFileSync(trees('0.2.0/doorplate'), 'utf8')).toBe(program('0.2.0'))
    expect(statSync(trees('0.2.0/doorplate')).ino).toBe(inode)
    expect(readlinkSync(trees('current'))).toBe('0.3.0')
  })

  it('says when which version came after which', () => {
    const last = (): unknown => JSON.parse(readFileSync(trees('last-update.json'), 'utf8'))
    install('0.2.0')
    expect(last()).toEqual({ version: '0.2.0', from: null, atMs: expect.any(Number) as number })
    install('0.3.0')
    const update = last()
    expect(update).toEqual({ version: '0.3.0', from: '0.2.0', atMs: expect.any(Number) as number })
    install('0.3.0')
    expect(last()).toEqual(update)
  })

  it('holds three, and none of a power cut', () => {
    mkdirSync(trees('.new.1'), { recursive: true })
    for (const version of ['0.1.0', '0.2.0', '0.10.0', '0.9.0']) install(version)
    expect(readdirSync(trees()).sort()).toEqual(['0.10.0', '0.2.0', '0.9.0', 'current', 'last-update.json'])
  })

  it('never takes the tree away that a panel runs from', () => {
    install('0.1.0')
    // A real program, so that the kernel says which file it runs from.
    cpSync('/bin/sleep', trees('0.1.0/doorplate.bin'))
    const panel = spawnRunning(trees('0.1.0/doorplate.bin'))
    try {
      for (const version of ['0.2.0', '0.3.0', '0.4.0', '0.5.0']) install(version)
      expect(readdirSync(trees()).sort()).toEqual([
        ...['0.1.0', '0.3.0', '0.4.0', '0.5.0'],
        ...['current', 'last-update.json'],
      ])
    } finally {
      panel.end()
    }
  })

  it('takes no name for a version that leads elsewhere', () => {
    unpack('0.2.0')
    for (const name of ['', '../x', '.hidden', 'a b', 'a/b']) {
      expect(run('keep-tree', [name]).status, name).toBe(2)
    }
    expect(existsSync(trees())).toBe(false)
  })
})
