import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Says at the end which tests were left out, why, and with which command they run: a skipped test must not look passed. */
export class SkippedReporter implements Reporter {
  readonly #skipped = new Map<string, string[]>()

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status !== 'skipped') return
    const reason = result.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'
    const name = test.titlePath().filter(Boolean).join(' › ')
    this.#skipped.set(reason, [...(this.#skipped.get(reason) ?? []), name])
  }

  onEnd(): void {
    for (const [reason, names] of this.#skipped) {
      process.stdout.write(
        `\nskipped, ${names.length}: ${reason}\n${names.map((name) => `  - ${name}\n`).join('')}`,
      )
    }
  }

  printsToStdio(): boolean {
    return false
  }
}

export default SkippedReporter
