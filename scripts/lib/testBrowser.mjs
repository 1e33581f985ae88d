import { installByApt, isAptRoot } from './aptPackages.mjs'
import { findBrowser, findPlaywrightBrowser } from './findBrowser.mjs'
import { runNode, runProgram } from './runProgram.mjs'
import { inProject } from './projectRoot.mjs'

const PACKAGES = ['chromium', 'fonts-noto-cjk']
const quietly = { write: () => undefined }

async function runs(browser) {
  return browser !== null && (await runProgram(browser, ['--version'], quietly)).code === 0
}

/** Whether the machine can show Chinese; only Linux systems come without. */
async function hasChineseFont() {
  if (process.platform !== 'linux') return true
  const { code, output } = await runProgram('fc-list', [':lang=zh'], quietly)
  return code === 0 && output.trim() !== ''
}

const found = () => findPlaywrightBrowser() ?? findBrowser()

/**
 * Finds a Chromium for the tests and a font that shows Chinese, or installs both where this user may.
 * @param {(text: string) => void} write receives what the installers say
 * @returns {Promise<{ browser: string | null, problem: string | null }>}
 */
export async function ensureTestBrowser(write) {
  const named = process.env['PLAYWRIGHT_CHROMIUM']
  if (named) {
    const isFine = await runs(named)
    return {
      browser: named,
      problem: isFine ? null : `PLAYWRIGHT_CHROMIUM names ${named}, which does not run.\n`,
    }
  }
  if (isAptRoot() && !((await runs(found())) && (await hasChineseFont()))) await installByApt(PACKAGES, write)
  if (!(await runs(found()))) {
    // Where the system's package is only a signpost to a store, Playwright brings its own.
    await runNode([inProject('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], {
      write,
    })
  }
  const browser = found()
  if (!(await runs(browser))) return { browser, problem: noBrowser }
  return { browser, problem: (await hasChineseFont()) ? null : noFont }
}

const noBrowser = `No Chromium was found, and none could be installed. On Debian or Ubuntu, as root:
  apt-get install ${PACKAGES.join(' ')}
elsewhere: npx playwright install chromium, or set PLAYWRIGHT_CHROMIUM to an installed one.
`
const noFont = `No font that shows Chinese was found. On Debian or Ubuntu, as root: apt-get install fonts-noto-cjk
`
