import './gallery.css'
import type { Language, PanelConfig } from '../../../shared/settings/panelConfig.ts'
import { mountDisplay } from '../mountDisplay.ts'
import { createScenarioApi } from './createScenarioApi.ts'
import { createStillClock } from './createStillClock.ts'
import { GALLERY_NOW_MS } from './gallerySnapshot.ts'
import { scenarios } from './scenarios.ts'
import type { ScenarioName } from './scenarios.ts'

const sizes = ['1024x600', '1280x800', '1920x1080', '800x1280'] as const
const themes = ['light', 'dark'] as const satisfies readonly PanelConfig['theme'][]
const languages = ['zh-CN', 'en-US'] as const satisfies readonly Language[]
const cycles = ['24', '12'] as const

const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name)

function pick<T extends string>(options: readonly T[], wanted: string | null): T | undefined {
  return options.find((option) => option === wanted)
}

/** Draws one scenario as its own application. */
function mountScenario(element: Element, name: ScenarioName, choice: Partial<PanelConfig>): void {
  const scenario = scenarios[name]
  mountDisplay(element, {
    api: createScenarioApi({ ...scenario, config: { ...scenario.config, ...choice } }),
    clock: createStillClock(GALLERY_NOW_MS),
    roomId: null,
  })
}

function link(query: URLSearchParams, key: string, value: string): HTMLAnchorElement {
  const next = new URLSearchParams(query)
  next.set(key, value)
  const anchor = document.createElement('a')
  anchor.href = `?${next.toString()}`
  anchor.textContent = value
  anchor.toggleAttribute('aria-current', query.get(key) === value)
  return anchor
}

function menu(query: URLSearchParams): HTMLElement {
  const nav = document.createElement('nav')
  for (const size of sizes) nav.append(link(query, 'size', size))
  for (const theme of themes) nav.append(link(query, 'theme', theme))
  for (const language of languages) nav.append(link(query, 'lang', language))
  for (const cycle of cycles) nav.append(link(query, 'cycle', cycle))
  return nav
}

/** A scaled frame in the panel's true size; the panel measures its container, not the window. */
function frame(name: ScenarioName, size: string): { figure: HTMLElement; stage: HTMLElement } {
  const [width = 1280, height = 800] = size.split('x').map(Number)
  const scale = Math.min(560 / width, 560 / height)
  const figure = document.createElement('figure')
  const box = document.createElement('div')
  const stage = document.createElement('div')
  const caption = document.createElement('figcaption')
  caption.textContent = name
  box.className = 'gallery-box'
  stage.className = 'gallery-stage'
  box.style.width = `${width * scale}px`
  box.style.height = `${height * scale}px`
  stage.style.width = `${width}px`
  stage.style.height = `${height}px`
  stage.style.transform = `scale(${scale})`
  box.append(stage)
  figure.append(box, caption)
  return { figure, stage }
}

/**
 * Every state side by side: `?gallery`, with `size`, `theme`, `lang` and `cycle`. `?gallery=<scenario>` draws one in the
 * whole window. Development and demo builds only.
 */
export function mountGallery(root: Element): void {
  const query = new URLSearchParams(window.location.search)
  const choice = {
    theme: pick(themes, query.get('theme')) ?? 'light',
    language: pick(languages, query.get('lang')) ?? 'zh-CN',
    hourCycle: pick(cycles, query.get('cycle')) ?? '24',
  }
  const single = query.get('gallery') ?? ''
  if (isScenario(single)) {
    mountScenario(root, single, choice)
    return
  }
  document.documentElement.classList.add('gallery')
  root.append(menu(query))
  for (const name of Object.keys(scenarios).filter(isScenario)) {
    const { figure, stage } = frame(name, pick(sizes, query.get('size')) ?? '1280x800')
    root.append(figure)
    mountScenario(stage, name, choice)
  }
}
