import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../core/Core.ts'

const build = join(import.meta.dirname, '../../../build')
const read = (file: string): string => readFileSync(join(build, file), 'utf8')

/** After these a supervisor must leave the panel alone; after anything else it must start it again. */
const staysDown = [exitCodes.stayDown, exitCodes.configurationBroken]

/** A unit that disagrees with the app restarts a panel an admin has just left, or leaves a door dark. */
describe('the shipped supervisors speak the exit codes of the app', () => {
  it('systemd in a desktop session', () => {
    const unit = read('linux/doorplate.service')
    expect(/^RestartPreventExitStatus=(.*)$/m.exec(unit)?.[1]).toBe(staysDown.join(' '))
    expect(/^SuccessExitStatus=(.*)$/m.exec(unit)?.[1]).toBe(
      `${exitCodes.restartMe} ${exitCodes.alreadyRunning} ${exitCodes.folderUnwritable}`,
    )
  })

  it('systemd with cage', () => {
    expect(read('linux/doorplate-cage.service')).toContain(`in ${staysDown.join('|')}) : >`)
  })

  it.each(['linux/doorplate.service', 'linux/doorplate-cage.service'])('%s never gives up', (file) => {
    const unit = read(file)
    expect(unit).toMatch(/^Restart=always$/m)
    expect(unit).toMatch(/^StartLimitIntervalSec=0$/m)
    expect(unit).toMatch(/^Environment=DOORPLATE_SUPERVISED=1$/m)
  })

  it('every session of Linux has a watchdog, which does the same', () => {
    const commands = (file: string): readonly string[] =>
      read(file)
        .split('\n')
        .filter((line) => line.startsWith('Exec'))
    const [cage, desktop] = [
      commands('linux/doorplate-watchdog.service'),
      commands('linux/doorplate-desktop-watchdog.service'),
    ]
    const asCage = (line: string): string =>
      line
        .replaceAll('"%E/Doorplate', '/var/lib/doorplate')
        .replaceAll('heartbeat"', 'heartbeat')
        .replace('systemctl --user', 'systemctl')
        .replace('doorplate.service', 'doorplate-cage.service')
    expect(desktop.map(asCage)).toEqual(cage)
    const timer = (file: string): string => read(file).replace(/^Description=.*$/m, '')
    expect(timer('linux/doorplate-desktop-watchdog.timer')).toBe(timer('linux/doorplate-watchdog.timer'))
  })
})
