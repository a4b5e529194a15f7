/** `<Given>` in a document: what it shows follows its value, and its child is made once. */
import { createSignal } from 'solid-js'
import { expect, it } from 'vitest'
import { show } from '../../testing/show.ts'
import { Given } from './given.tsx'

it('shows the value while there is one, and follows it without making its child anew', () => {
  const [name, setName] = createSignal<string | null>(null)
  let made = 0
  const page = show(() => (
    <Given when={name()} fallback={<p>nobody</p>}>
      {(value) => {
        made += 1
        return <p>{value()}</p>
      }}
    </Given>
  ))
  expect(page.textContent).toBe('nobody')
  setName('Ada')
  expect(page.textContent).toBe('Ada')
  const first = page.querySelector('p')
  setName('Grace')
  expect(page.textContent).toBe('Grace')
  expect(page.querySelector('p')).toBe(first)
  setName(null)
  expect(page.textContent).toBe('nobody')
  expect(made).toBe(1)
})
