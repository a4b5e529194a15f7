/** The clock of the pages: what it draws anew may itself read the clock. */
import { createMemo, For } from 'solid-js'
import { render } from 'solid-js/web'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNow } from './clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is drawn anew with each second, and takes its time, is drawn once a second', () => {
  let drawn = 0
  function Age(): string {
    drawn += 1
    // Drawing takes longer than the clock's unit. Without an end the page would hang here.
    if (drawn < 1_000) vi.setSystemTime(Date.now() + 2)
    const now = createNow()
    return String(now())
  }
  function Steps() {
    const now = createNow()
    const steps = createMemo(() => [{ at: now() }])
    return <For each={steps()}>{() => <Age />}</For>
  }
  const root = document.createElement('div')
  const end = render(() => <Steps />, root)
  expect(drawn).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(drawn).toBe(2)
  end()
})
