import fc from 'fast-check'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appScheme, createAppProtocolHandler } from './appProtocol.ts'
import { resolveAppFile } from './resolveAppFile.ts'

describe('resolveAppFile', () => {
  const root = '/opt/doorplate/out/renderer'

  it.each([
    ['app://panel/', `${root}/index.html`],
    ['app://panel/index.html', `${root}/index.html`],
    ['app://panel/index.html?room=x#/settings', `${root}/index.html`],
    ['app://panel/assets/index-D00z.js', `${root}/assets/index-D00z.js`],
    ['app://panel/a%20b.css', `${root}/a b.css`],
    ['app://panel/assets/../index.html', `${root}/index.html`],
  ])('%s is %s', (address, file) => {
    expect(resolveAppFile(root, address)).toBe(file)
  })

  it.each([
    'app://panel/..%2f..%2fmain/index.js',
    'app://panel/%2e%2e%2f%2e%2e%2fsecrets.json',
    'app://panel/..%5c..%5cmain%5cindex.js',
    'app://panel/%2fetc/passwd/../../../../../../etc/passwd%2f..%2f..',
    'app://panel/index.html%00.js',
    'app://panel/C:/Windows/win.ini',
    'app://panel/%',
    'app://panel/%ff',
    'app://panel/.',
    'app://evil/index.html',
    'app://panel.evil/index.html',
    'app://user@panel/index.html',
    'file:///etc/passwd',
    'https://panel/index.html',
    'nonsense',
    '',
  ])('%j stands for nothing', (address) => {
    const file = resolveAppFile(root, address)
    // Some collapse to a harmless place inside; none may leave it.
    expect(file === null || file.startsWith(root + sep)).toBe(true)
    if (!address.includes('etc/passwd/')) expect(file === null || file === `${root}/index.html`).toBe(true)
  })

  it('never leaves its root, whatever is thrown at it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '/',
        '\\',
        '%2e%2e',
        '%2f',
        '%5c',
        '%00',
        '//',
        'assets',
        '%252e%252e',
        'C:',
        '~',
      ),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveAppFile(root, `app://panel/${pieces.join('')}`)
        expect(file === null || file.startsWith(root + sep)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('createAppProtocolHandler', () => {
  let parent: string
  let answer: (path: string, method?: string) => Promise<Response>

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'doorplate-pages-'))
    const root = join(parent, 'renderer')
    await mkdir(join(root, 'assets'), { recursive: true })
    await writeFile(join(parent, 'secrets.json'), 'SENTINEL')
    await writeFile(join(root, 'index.html'), '<!doctype html>')
    await writeFile(join(root, 'assets', 'index-1.js'), 'export {}')
    await writeFile(join(root, 'notes.exe'), 'MZ')
    const handle = createAppProtocolHandler(root)
    answer = (path, method = 'GET') => {
      // The fetch of Node refuses other schemes in Request; Electron hands over the same two facts.
      return handle({ url: `app://panel${path}`, method } as Request)
    }
  })
  afterAll(() => rm(parent, { recursive: true, force: true }))

  it('serves the page with its guards, and asks for it anew every time', async () => {
    const response = await answer('/')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<!doctype html>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    // Print and its kin open a box of the system that blocks the page until somebody comes.
    expect(policy).toMatch(/; sandbox allow-scripts allow-same-origin allow-forms$/)
  })

  it('lets hashed assets be cached, which the code cache needs', async () => {
    const response = await answer('/assets/index-1.js')
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toMatch(/immutable/)
  })

  it.each(['/absent.js', '/notes.exe', '/assets', '/assets/', '/%2e%2e%2fsecrets.json'])(
    'has nothing at %s',
    async (path) => {
      const response = await answer(path)
      expect(response.status).toBe(404)
      expect(await response.text()).toBe('')
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    },
  )

  it('only gives', async () => {
    expect((await answer('/', 'POST')).status).toBe(405)
    expect((await answer('/', 'HEAD')).status).toBe(200)
  })

  it('asks for no privilege that loosens the content policy', () => {
    expect(appScheme.privileges).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      codeCache: true,
    })
  })
})
