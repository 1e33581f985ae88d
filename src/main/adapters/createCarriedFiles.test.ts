import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createCarriedFiles } from './createCarriedFiles.ts'

let media: string
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(join(media, path, '..'), { recursive: true })
  await writeFile(join(media, path), text)
}
const found = async () =>
  (await createCarriedFiles('linux', media).find()).map(({ path, text }) => [
    path.slice(media.length + 1),
    text,
  ])

beforeEach(async () => {
  media = await mkdtemp(join(tmpdir(), 'doorplate-media-'))
})
afterEach(() => rm(media, { recursive: true, force: true }))

it('finds the two names on every stick, by the user who mounted it or without', async () => {
  await put('anna/STICK/doorplate.json', 'a')
  await put('usb1/doorplate-provisioning.json', 'b')
  await put('usb1/other.json', 'c')
  await put('anna/STICK/deep/doorplate.json', 'd')
  expect((await found()).sort()).toEqual([
    ['anna/STICK/doorplate.json', 'a'],
    ['usb1/doorplate-provisioning.json', 'b'],
  ])
})

// The secrets are taken out of the file afterwards: through a link that would be a file of the panel.
it('follows no link, and reads nothing that is too large', async () => {
  await put('usb1/real.json', 'x')
  await symlink(join(media, 'usb1/real.json'), join(media, 'usb1/doorplate.json'))
  await put('usb2/doorplate.json', 'x'.repeat(2_000_001))
  expect(await found()).toEqual([])
})

it('asks a drive that hangs only once', () => {
  const files = createCarriedFiles('linux', media)
  expect(files.find()).toBe(files.find())
})
