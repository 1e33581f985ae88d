import './styles/base.css'
import './styles/tokens.css'
import { roomFromLocation } from './address/panelAddress.ts'
import { createApi } from './api/createApi.ts'
import { mountDisplay } from './mountDisplay.ts'
import { createBrowserClock } from './time/createBrowserClock.ts'

function start(root: Element): void {
  const clock = createBrowserClock()
  mountDisplay(root, {
    api: createApi(window, clock),
    clock,
    roomId: roomFromLocation(window.location),
  })
}

const root = document.querySelector('#app')
// A constant of the build: without it the whole gallery is left out.
const hasGallery = import.meta.env.DEV || import.meta.env.VITE_DOORPLATE_GALLERY === '1'
if (root) {
  if (hasGallery && new URLSearchParams(window.location.search).has('gallery')) {
    void import('./gallery/mountGallery.ts').then(({ mountGallery }) => mountGallery(root))
  } else start(root)
}
