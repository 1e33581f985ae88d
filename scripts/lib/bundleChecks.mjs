import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startProgram } from './children.mjs'
import { inProject } from './projectRoot.mjs'
import { runNode } from './runProgram.mjs'

const SCREEN_LIMIT_BYTES = 60 * 1024
const SCREEN_LIMIT_FILES = 8
const STOP_LIMIT_MS = 2000

const read = (...parts) => readFileSync(inProject('out', ...parts), 'utf8')

/** Scripts and styles the page loads before it shows anything. */
function firstFiles() {
  const page = read('renderer', 'index.html')
  return [...page.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1])
}

async function hostHasNoElectron() {
  const bundle = read('node', 'host.js')
  const line = bundle.split('\n').find((text) => /\belectron\b/i.test(text))
  return line === undefined ? null : `out/node/host.js speaks of Electron: ${line.trim().slice(0, 120)}`
}

/** The build itself refuses other layers; this looks at what came out of it. */
async function hostHasNoSimulator() {
  const bundle = read('node', 'host.js')
  const mark = ['__sim', 'simulator-secret'].find((text) => bundle.includes(text))
  return mark === undefined ? null : `out/node/host.js holds ${mark}, which only the simulator knows`
}

async function productHasNoGallery() {
  const files = readdirSync(inProject('out', 'renderer'), { recursive: true }).map(String)
  const gallery = files.filter((name) => /gallery/i.test(name) || name.endsWith('.map'))
  return gallery.length === 0 ? null : `out/renderer holds what only a demo may: ${gallery.join(', ')}`
}

async function screenIsSmall() {
  const files = firstFiles()
  const scripts = files.filter((name) => name.endsWith('.js'))
  if (scripts.length === 0) return 'out/renderer/index.html loads no script'
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(read('renderer', ...name.split('/'))).length, 0)
  if (bytes > SCREEN_LIMIT_BYTES)
    return `the screen loads ${bytes} bytes of compressed script; the limit is ${SCREEN_LIMIT_BYTES}`
  return files.length < SCREEN_LIMIT_FILES
    ? null
    : `the screen loads ${files.length} files before it shows anything`
}

async function screenHasNoSchemas() {
  const names = readdirSync(inProject('out', 'renderer', 'assets')).filter((name) => name.endsWith('.js'))
  const guilty = names.filter((name) => /ZodError|\$ZodType/.test(read('renderer', 'assets', name)))
  return guilty.length === 0 ? null : `schemas reached the screen: ${guilty.join(', ')}`
}

/** The programs as they are shipped: in a folder of their own, with no package beside them. */
async function withShipped(run) {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-shipped-'))
  try {
    for (const part of ['node', 'renderer'])
      cpSync(inProject('out', part), join(folder, part), { recursive: true })
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function programsRunAlone() {
  return withShipped(async (folder) => {
    for (const name of ['host', 'simulator']) {
      const { code, output } = await runNode([join(folder, 'node', `${name}.js`), '--help'], {
        write: () => undefined,
      })
      if (code !== 0) return `${name}.js --help ended with ${code}: ${output.slice(0, 500)}`
    }
    return null
  })
}

async function hostServesAndStops() {
  return withShipped(async (folder) => {
    const settings = {
      version: 1,
      account: { platform: 'wecom', baseUrl: 'http://127.0.0.1:9', corpId: 'none' },
      rooms: [{ id: 'room', source: { officeRoomId: 1 } }],
    }
    writeFileSync(join(folder, 'panel.json'), JSON.stringify(settings))
    const { child, ready } = startProgram(
      'host',
      [
        join(folder, 'node', 'host.js'),
        '--config',
        join(folder, 'panel.json'),
        '--state',
        join(folder, 'state'),
        '--port',
        '0',
        '--log-level',
        'error',
      ],
      { DOORPLATE_SECRET_WECOM_CORPSECRET: 'none' },
    )
    try {
      const { url } = await ready
      const page = await fetch(url)
      if (page.status !== 200) return `the host answered ${page.status} for its page`
      const stream = await fetch(new URL('api/events', url))
      const startMs = performance.now()
      await child.stop()
      await stream.body?.cancel().catch(() => undefined)
      const tookMs = Math.round(performance.now() - startMs)
      if (tookMs > STOP_LIMIT_MS) return `the host took ${tookMs} ms to stop`
      return child.fate() === 'ended with exit code 0'
        ? null
        : `the host ${child.fate()} when it was asked to stop`
    } finally {
      await child.stop()
    }
  })
}

/** What a build must be, whatever made it: name, and a check that answers with a problem or null. */
export const bundleChecks = [
  ['host: no Electron in it', hostHasNoElectron],
  ['host: nothing of the simulator in it', hostHasNoSimulator],
  ['host and simulator: run without node_modules', programsRunAlone],
  ['host: serves its page, stops within two seconds, exit code 0', hostServesAndStops],
  ['screen: no gallery, no source maps', productHasNoGallery],
  ['screen: no schemas', screenHasNoSchemas],
  ['screen: small before it shows anything', screenIsSmall],
]
