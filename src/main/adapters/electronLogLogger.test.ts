import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRedaction } from '../../core/logging/redaction.ts'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createElectronLogLogger } from './electronLogLogger.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-log-'))
  return () => rm(folder, { recursive: true, force: true })
})

afterEach(() => void vi.restoreAllMocks())

function build() {
  const redaction = createRedaction()
  const clock = createFakeClock(Date.UTC(2026, 10, 21, 8, 30))
  return { redaction, clock, ...createElectronLogLogger({ folder, clock, redaction, isVerbose: false }) }
}

const written = async () => readFile(join(folder, 'main.log'), 'utf8').catch(() => '')

describe('createElectronLogLogger', () => {
  it('writes one private line per entry with time, level, scope and facts', async () => {
    const { log } = build()
    log.child('provider:wecom').info('token renewed', { expiresInMs: 7_200_000 })
    await vi.waitFor(async () =>
      expect(await written()).toBe(
        '2026-11-21T08:30:00.000Z info [main:provider:wecom] token renewed {"expiresInMs":7200000}\n',
      ),
    )
    expect((await stat(join(folder, 'main.log'))).mode & 0o777).toBe(0o600)
  })

  it('hides secrets wherever they stand, in facts and in last words too', async () => {
    const { log, redaction, ...rest } = build()
    redaction.learn('SENTINELsecret1')
    log.info('asked SENTINELsecret1', { address: 'https://x/?corpsecret=abc123def', note: 'SENTINELsecret1' })
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    rest.fatal('died of SENTINELsecret1', { stack: 'at SENTINELsecret1' })
    await vi.waitFor(async () => expect((await written()).split('\n')).toHaveLength(3))
    expect(await written()).not.toMatch(/SENTINEL|abc123def/)
  })

  it('cannot be made to forge a line', async () => {
    const { log } = build()
    log.info('bad\n2026-11-21T00:00:00.000Z error [main] forged')
    await vi.waitFor(async () => expect(await written()).toMatch(/forged/))
    expect((await written()).trimEnd().split('\n')).toHaveLength(1)
  })

  it('has the last words on disk when it returns', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    build().fatal('last words')
    expect(await written()).toContain('last words')
  })

  it('never takes more than six files, however long it runs', async () => {
    const full = 'x'.repeat(1_048_577)
    for (let round = 1; round <= 9; round += 1) {
      await writeFile(join(folder, 'main.log'), `round ${round} ${full}\n`)
      const { log } = build()
      log.info(`line ${round}`)
      await vi.waitFor(async () => expect(await written()).toMatch(new RegExp(`line ${round}\\n$`)))
      // Another process opens the log: the library keeps its size per path for this one.
      await rm(join(folder, 'main.log'))
      folder = await renamed(folder)
    }
    const names = (await readdir(folder)).sort()
    expect(names).toEqual([1, 2, 3, 4, 5].map((index) => `main.${index}.log`))
    expect(await readFile(join(folder, 'main.1.log'), 'utf8')).toMatch(/^round 9 /)
    expect(await readFile(join(folder, 'main.5.log'), 'utf8')).toMatch(/^round 5 /)
  })

  it('exports the newest lines of both files', async () => {
    await writeFile(join(folder, 'main.1.log'), 'older\n')
    await writeFile(join(folder, 'main.log'), 'newer\n')
    expect(await build().readLog()).toBe('older\nnewer\n')
  })

  it('exports nothing, not an error, from a panel without a log', async () => {
    await rm(folder, { recursive: true })
    expect(await build().readLog()).toBe('')
  })
})

async function renamed(from: string): Promise<string> {
  const to = `${from}-`
  await rename(from, to)
  return to
}
