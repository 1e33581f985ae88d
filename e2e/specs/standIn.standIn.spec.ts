import { writeFile } from 'node:fs/promises'
import type { BrowserContext, TestInfo } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'
import { bootstrapFile } from '../standIn/buildBootstrap.ts'
import { isViolation, launchStandIn } from '../standIn/launchStandIn.ts'

/** Runs a made-up main process to its end. @returns what counts against it, and its exit code */
async function runMain(context: BrowserContext, info: TestInfo, code: string) {
  const mainFile = info.outputPath('main.mjs')
  await writeFile(mainFile, code)
  const run = launchStandIn(
    {
      appPath: process.cwd(),
      mainFile,
      args: [],
      homeDirectory: info.outputPath('home'),
      sealing: 'sealed',
      screens: [{ width: 800, height: 600 }],
      aheadMs: null,
      version: '0.0.0',
      electronVersion: '0.0.0',
    },
    { context, bootstrapFile },
  )
  const exitCode = await run.ended
  return { exitCode, violations: run.record.filter(isViolation).map(({ api, args }) => [api, args[0]]) }
}

const leave = 'await app.whenReady(); app.exit(0)'

/** What an app could do that the real runtime would not bear, or nobody at a door. */
const wrongs: readonly {
  readonly name: string
  readonly code: string
  readonly expected: readonly unknown[]
}[] = [
  {
    name: 'a module nobody taught',
    code: "import { app, desktopCapturer } from 'electron'; try { desktopCapturer.getSources({}) } catch {}; app.exit(0)",
    expected: ['unknown', 'desktopCapturer'],
  },
  {
    name: 'a method nobody taught',
    code: "import { app } from 'electron'; try { app.getFoo() } catch {}; app.exit(0)",
    expected: ['unknown', 'app.getFoo'],
  },
  {
    name: 'an event that does not exist',
    code: "import { app } from 'electron'; try { app.on('redy', () => 0) } catch {}; app.exit(0)",
    expected: ['unknown', 'app event redy'],
  },
  {
    name: 'the synchronous key store',
    code: `import { app, safeStorage } from 'electron'; app.whenReady().then(() => { try { safeStorage.encryptString('x') } catch {}; app.exit(0) })`,
    expected: ['unknown', 'safeStorage.encryptString'],
  },
  {
    name: 'a box that waits for a mouse',
    code: "import { app, dialog } from 'electron'; app.whenReady().then(() => { dialog.showErrorBox('a', 'b'); app.exit(0) })",
    expected: ['forbidden dialog.showErrorBox', 'a'],
  },
  {
    name: 'a relaunch past the supervisor',
    code: "import { app } from 'electron'; app.relaunch(); app.exit(0)",
    expected: ['forbidden app.relaunch', undefined],
  },
]

for (const { name, code, expected } of wrongs) {
  test(`${name} counts against the app`, async ({ context }, info) => {
    expect((await runMain(context, info, code)).violations).toContainEqual(expected)
  })
}

test('an app that only uses what is known is free of blame, imported or required', async ({
  context,
}, info) => {
  const code = [
    "import electron, { app } from 'electron'",
    "import { createRequire } from 'node:module'",
    "const required = createRequire(import.meta.url)('electron')",
    'app.whenReady().then(() => app.exit(required.app === app && electron.app === app ? 7 : 8))',
  ].join('\n')
  expect(await runMain(context, info, code)).toEqual({ exitCode: 7, violations: [] })
})

test('a top level that waits for ready is said to hang, as it would', async ({ context }, info) => {
  test.slow()
  const { exitCode, violations } = await runMain(context, info, `import { app } from 'electron'; ${leave}`)
  expect(exitCode).toBe(1)
  expect(violations).toEqual([['unknown', 'a top-level await before ready']])
})
