/** A component in the test's own document, taken out again after the test. */
import type { JSX } from 'solid-js'
import { render } from 'solid-js/web'
import { onTestFinished } from 'vitest'

export function show(component: () => JSX.Element): HTMLElement {
  const place = document.body.appendChild(document.createElement('main'))
  const end = render(component, place)
  onTestFinished(() => {
    end()
    place.remove()
  })
  return place
}
