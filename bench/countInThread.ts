import { Worker } from 'node:worker_threads'

/** Runs in a thread of its own: imports the bundle this file is part of and answers once. */
const threadSource = `
  const { parentPort, workerData } = require('node:worker_threads')
  import(workerData.bundle)
    .then((bundle) => bundle[workerData.name](workerData.runs, workerData.seed))
    .then((count) => parentPort.postMessage(count))
`

/**
 * Plays random histories in a thread of its own.
 * @param name the function's name, which `measure.ts` exports
 */
export function countInThread<Count>(
  name: string,
  _count: (runs: number, seed: number) => Promise<Count>,
  runs: number,
  seed: number,
): Promise<Count> {
  const workerData = { bundle: import.meta.url, name, runs, seed }
  const worker = new Worker(threadSource, { eval: true, workerData })
  return new Promise((resolve, reject) => {
    worker.once('message', (count: Count) => resolve(count))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('a thread ended without an answer')))
  })
}
