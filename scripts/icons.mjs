// Renders every icon from resources/icon.svg with Chromium. Run by hand after the source changed; the results are committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512]
const icoSizes = [16, 24, 32, 48, 64, 128, 256]
const svg = readFileSync('resources/icon.svg', 'utf8')

/** An .ico holds PNGs behind a directory: 6 bytes of header, 16 bytes an entry. */
function icoOf(images) {
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  images.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index
    header.writeUInt8(size === 256 ? 0 : size, entry)
    header.writeUInt8(size === 256 ? 0 : size, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([header, ...images.map(({ png }) => png)])
}

const executablePath = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
mkdirSync('build/icons', { recursive: true })
const rendered = []
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  writeFileSync(`build/icons/${size}x${size}.png`, png)
  rendered.push({ size, png })
  await page.close()
}
await browser.close()
writeFileSync('build/icon.ico', icoOf(rendered.filter(({ size }) => icoSizes.includes(size))))
writeFileSync('resources/icon.png', rendered.at(-2).png)
process.stdout.write(`icons: ${sizes.join(', ')} px and build/icon.ico\n`)
