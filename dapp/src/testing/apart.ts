/**
 * Before each file of component tests: files share their worker and its document, but no module, for pages keep what belongs to a person
 * (the wallet, the configuration) in modules. Nor do they share what a test put in the place of something else.
 */
import { vi } from 'vitest'

vi.resetModules()
// By which Solid tells, in a page, that it was loaded twice.
Reflect.deleteProperty(globalThis, 'Solid$$')
vi.useRealTimers()
vi.unstubAllGlobals()
vi.restoreAllMocks()
localStorage.clear()
sessionStorage.clear()
document.body.replaceChildren()
history.replaceState(null, '', '/')
