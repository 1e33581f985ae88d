import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Says at the end why tests were left out and with which command they run; the list above has their names. */
export class SkippedReporter implements Reporter {
  readonly #skipped = new Map<string, number>()

  onTestEnd(_test: TestCase, result: TestResult): void {
    if (result.status !== 'skipped') return
    const reason = result.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1)
  }

  onEnd(): void {
    for (const [reason, count] of this.#skipped) process.stdout.write(`\n${count} skipped: ${reason}\n`)
  }

  printsToStdio(): boolean {
    return false
  }
}

export default SkippedReporter
