import type { RunCommand } from '../machine/RunCommand.ts'
import type { Finding } from './Finding.ts'
import { found } from './Finding.ts'

/** First family of what `fc-list` printed; families of one font stand on one line, separated by commas. */
function firstFamily(output: string): string | null {
  const [first = ''] = output.split('\n').map((line) => line.split(',', 1)[0]?.trim() ?? '')
  return first === '' ? null : first
}

/** Whether Chinese and emoji have a font. Other systems bring their own. */
export async function checkFonts(platform: NodeJS.Platform, run: RunCommand): Promise<Finding> {
  if (platform !== 'linux') return found('unknown', 'fontsSystem')
  const [cjk, emoji] = await Promise.all([
    run('fc-list', [':lang=zh-cn', 'family']),
    // What fontconfig calls the script of emoji; by their signs plain fonts with a few outlines would be found too.
    run('fc-list', [':lang=und-zsye', 'family']),
  ])
  if (cjk.kind !== 'ended' || emoji.kind !== 'ended') return found('unknown', 'fontsNoTool')
  const [cjkFamily, emojiFamily] = [firstFamily(cjk.output), firstFamily(emoji.output)]
  if (cjkFamily === null) return found('fail', 'fontsNoCjk')
  return emojiFamily === null
    ? found('warn', 'fontsNoEmoji', { cjk: cjkFamily })
    : found('ok', 'fontsFine', { cjk: cjkFamily, emoji: emojiFamily })
}

/** What the system says of its time synchronisation; null where it cannot be asked. */
export async function askTimeSync(platform: NodeJS.Platform, run: RunCommand): Promise<boolean | null> {
  if (platform !== 'linux') return null
  const asked = await run('timedatectl', ['show', '--property=NTPSynchronized', '--value'])
  if (asked.kind !== 'ended' || asked.exitCode !== 0) return null
  const answer = asked.output.trim()
  return answer === 'yes' ? true : answer === 'no' ? false : null
}

/** What is known of the folder's disk. */
export interface DiskFacts {
  readonly folder: string
  /** Empty when it can be written, else the system's code. */
  readonly writeCode: string
  /** Null where the system does not tell. */
  readonly freeMegabytes: number | null
  readonly freeFiles: number | null
}

const FULL_MB = 50
const LOW_MB = 500

/** Whether plans and settings can be kept. */
export function judgeDisk({ folder, writeCode, freeMegabytes, freeFiles }: DiskFacts): Finding {
  const free = freeMegabytes ?? 0
  if (writeCode === 'EROFS') return found('fail', 'diskReadOnly', { folder })
  if (writeCode === 'ENOTDIR') return found('fail', 'diskNotAFolder', { folder })
  if (writeCode === 'EACCES' || writeCode === 'EPERM') return found('fail', 'diskForbidden', { folder })
  if (writeCode !== '') return found('fail', 'failed', { code: writeCode })
  if (freeFiles === 0) return found('fail', 'diskNoFiles', { folder })
  if (freeMegabytes === null) return found('unknown', 'failed', { code: 'statfs' })
  if (free < FULL_MB) return found('fail', 'diskFull', { folder, free })
  return free < LOW_MB
    ? found('warn', 'diskLow', { folder, free })
    : found('ok', 'diskFine', { folder, free })
}
