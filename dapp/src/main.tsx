/** Starts the page: reads the deployment's configuration, then mounts the app. */
import '@fontsource-variable/ibm-plex-sans/wght.css'
import '@fontsource/ibm-plex-mono/latin-400.css'
import '@fontsource/ibm-plex-mono/latin-500.css'
import 'virtual:uno.css'
import './base.css'
import { render } from 'solid-js/web'
import { App } from './app.tsx'
import { ErrorView } from './components/ui/error-view.tsx'
import { loadConfig } from './lib/site/config.ts'
import { followOtherTabs, restore } from './lib/wallet/session.ts'

/** After a new build the old page's code is gone: one reload brings the new one. */
const RELOADED = 'stellartrain.reloaded'
addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem(RELOADED) === location.href) return
  event.preventDefault()
  sessionStorage.setItem(RELOADED, location.href)
  location.reload()
})

const root = document.getElementById('app')!
try {
  await loadConfig()
  render(() => <App />, root)
  void restore()
  followOtherTabs()
} catch (error) {
  render(
    () => (
      <main class="max-w-280 mx-auto px-4">
        <ErrorView error={error} />
      </main>
    ),
    root,
  )
}
