import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/**
 * What a suite's report amounts to. A suite that failed without a failed test, or that ran none, counts as one failure:
 * silence must never look like success.
 * @param {Counts} counts
 * @param {number} code the runner's exit code
 * @returns {Counts}
 */
function judged({ passed, failed, skipped }, code) {
  const isSilent = passed + failed === 0
  return { passed, failed: failed === 0 && (code !== 0 || isSilent) ? 1 : failed, skipped }
}

const nothing = { passed: 0, failed: 0, skipped: 0 }

/** @param {string} file of Vitest's JSON reporter */
export function countVitest(file, code) {
  const report = readReport(file)
  if (report === null) return judged(nothing, 1)
  const skipped = report.numPendingTests + report.numTodoTests
  return judged({ passed: report.numPassedTests, failed: report.numFailedTests, skipped }, code)
}

/** @param {string} file of Playwright's JSON reporter; a test that only passed when it was tried again counts as failed */
export function countPlaywright(file, code) {
  const stats = readReport(file)?.stats
  if (stats === undefined) return judged(nothing, 1)
  return judged(
    { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    code,
  )
}
