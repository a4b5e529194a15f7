import { createRoot, createSignal } from 'solid-js'
import { expect, it } from 'vitest'
import { createAfter } from './after.ts'

it('acts at once, or once when the reading ends, or not at all when it was forgotten', () => {
  const [busy, setBusy] = createSignal(false)
  let acts = 0
  const { after, end } = createRoot((end) => {
    const after = createAfter(busy, () => {
      acts += 1
    })
    return { after, end }
  })
  after.ask()
  expect([acts, after.waiting()]).toEqual([1, false])
  setBusy(true)
  after.ask()
  after.ask()
  expect([acts, after.waiting()]).toEqual([1, true])
  setBusy(false)
  expect([acts, after.waiting()]).toEqual([2, false])
  setBusy(true)
  after.ask()
  after.forget()
  setBusy(false)
  expect([acts, after.waiting()]).toEqual([2, false])
  end()
})
