import { describe, expect, it } from 'vitest'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { createTreeJournal } from './createTreeJournal.ts'
import { createUpdates } from './createUpdates.ts'
import { openKeptTree } from './openKeptTree.ts'
import { sayUpdates } from './sayUpdates.ts'

describe('createTreeJournal', () => {
  function build() {
    const lines: string[] = []
    const journal = createTreeJournal({
      tree: '0.3.0',
      path: '/run/trees',
      append: (path, text) => lines.push(`${path} ${text}`),
    })
    return { journal, lines }
  }

  it('says once a start that the door was shown: a page that was repaired twice proves no second night', () => {
    const { journal, lines } = build()
    journal.noteWell()
    journal.noteWell()
    expect(lines).toEqual(['/run/trees well 0.3.0\n'])
  })

  it('says that the end was wanted', () => {
    const { journal, lines } = build()
    journal.noteWantedEnd()
    expect(lines).toEqual(['/run/trees ended 0.3.0\n'])
  })

  it('survives a disk that refuses', () => {
    const append = (): never => {
      throw new Error('EROFS')
    }
    const journal = createTreeJournal({ tree: '0.3.0', path: '/run/trees', append })
    expect(() => {
      journal.noteWell()
      journal.noteWantedEnd()
    }).not.toThrow()
  })
})

const SOURCES = '/etc/apt/sources.list.d/doorplate.sources'
const LAST = '/opt/Doorplate.trees/last-update.json'
const JOURNAL = '/panel/run/trees'

/** A tablet that runs 0.2.0 while `installed` is the package's version. */
function build(installed: string, texts: Readonly<Record<string, string>> = {}) {
  const world = { installed, texts }
  const updates = createUpdates({
    tree: '0.2.0',
    treesFolder: '/opt/Doorplate.trees',
    journalPath: JOURNAL,
    readText: (path) => {
      const text = world.texts[path]
      return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text)
    },
    readLink: (path) => {
      if (path !== '/opt/Doorplate.trees/current' || world.installed === '') throw new Error('ENOENT')
      return world.installed
    },
  })
  return { updates, world }
}

describe('createUpdates', () => {
  const told = {
    [SOURCES]: 'Types: deb\nURIs: https://apt.example.invalid/doorplate\nSuites: early\nComponents: main\n',
    [LAST]: '{"version":"0.2.0","from":"0.1.0","atMs":1700000000000}',
    [JOURNAL]: 'well 0.2.0\nstart 0.2.0\n',
  }

  it('reads the ring from what apt itself goes by, and the last update from the package', async () => {
    expect(await build('0.2.0', told).updates.read()).toEqual({
      ring: 'early',
      last: { version: '0.2.0', fromVersion: '0.1.0', atMs: 1_700_000_000_000 },
      givenUp: null,
      waitingVersion: null,
    })
  })

  it('says which version was given up, and when', async () => {
    const { updates } = build('0.3.0', { ...told, [JOURNAL]: 'back 0.3.0 0.2.0 1700000000\nwell 0.2.0\n' })
    expect(await updates.read()).toMatchObject({
      givenUp: { version: '0.3.0', atMs: 1_700_000_000_000 },
      waitingVersion: null,
    })
  })

  it('a version after the one given up waits for the next start', async () => {
    const { updates } = build('0.3.1', { ...told, [JOURNAL]: 'back 0.3.0 0.2.0 1700000000\n' })
    expect(await updates.read()).toMatchObject({ givenUp: null, waitingVersion: '0.3.1' })
  })

  it.each([
    {},
    { [SOURCES]: 'nonsense', [LAST]: '{"version":', [JOURNAL]: 'back\n' },
    { [LAST]: '{"version":"0.2.0","from":null,"atMs":1}', [JOURNAL]: 'back 0.3.0 0.2.0 soon' },
    { [LAST]: '[]', [SOURCES]: '' },
  ])('what cannot be read is null, case %#', async (texts: Record<string, string>) => {
    expect(await build('', texts).updates.read()).toEqual({
      ring: null,
      last: null,
      givenUp: null,
      waitingVersion: null,
    })
  })

  it('waits for a restart only for what arrived since the start: a version given up must not restart the panel all night', () => {
    const { updates, world } = build('0.3.0')
    expect(updates.isWaiting()).toBe(false)
    world.installed = '0.3.1'
    expect(updates.isWaiting()).toBe(true)
    world.installed = '0.2.0'
    expect(updates.isWaiting()).toBe(false)
    world.installed = ''
    expect(updates.isWaiting()).toBe(false)
  })
})

describe('sayUpdates', () => {
  it('the log names the version given up', async () => {
    const log = createRecordingLogger()
    const givenUp = { version: '0.3.0', atMs: 5 }
    const read = () => Promise.resolve({ ring: 'stable', last: null, givenUp, waitingVersion: null })
    await sayUpdates({ read }, log)
    expect(log.text()).toMatch(/warn.*0\.3\.0/)
  })
})

describe('openKeptTree', () => {
  it('is nothing where no launcher chose a tree: Windows, a build, a development run', () => {
    expect(openKeptTree(null, '/opt/Doorplate/doorplate', '/panel/run/trees')).toBeNull()
  })
})
