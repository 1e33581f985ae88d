import { createHash } from 'node:crypto'

/** Makes ids that look opaque and are the same in every run. */
export interface Ids {
  next(prefix: string, length?: number, suffix?: string): string
  reset(): void
}

export function createIds(): Ids {
  let counter = 0
  return {
    next: (prefix, length = 20, suffix = '') => {
      counter += 1
      let text = ''
      for (let block = 0; text.length < length; block += 1)
        text += createHash('sha256').update(`${prefix}:${counter}:${block}`).digest('hex')
      return `${prefix}${text.slice(0, length)}${suffix}`
    },
    reset: () => {
      counter = 0
    },
  }
}
