/** The wizard with wrong values: they are named at their own field, and the step is not left. */
import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { button, describedBy, field, fill } from '../testing/page.ts'
import { show } from '../testing/show.ts'
import { loadSite } from '../testing/site.ts'
import Create from './create.tsx'

beforeAll(() => loadSite())
beforeEach(() => localStorage.clear())

function wizard(step: string) {
  const history = createMemoryHistory()
  history.set({ value: `/create?step=${step}` })
  const place = show(() => (
    <MemoryRouter history={history}>
      <Route path="/create" component={Create} />
    </MemoryRouter>
  ))
  return { place, history, current: () => place.querySelector('[aria-current=step]')?.textContent ?? '' }
}

it('says what is wrong at the field only when Next was pressed, and lets pass what was put right', async () => {
  const { place, current } = wizard('money')
  const reward = field(place, 'Reward for each winner')
  fill(reward, '1.123456789')
  expect(reward.getAttribute('aria-invalid')).not.toBe('true')
  button(place, 'Next').click()
  expect(field(place, 'Reward for each winner') === reward, 'the same input').toBe(true)
  expect(reward.getAttribute('aria-invalid')).toBe('true')
  expect(describedBy(place, reward)).toContain('A number with at most 7 decimals.')
  expect(current()).toContain('Money')
  fill(reward, '12.5')
  expect(reward.getAttribute('aria-invalid')).not.toBe('true')
  button(place, 'Next').click()
  await expect.poll(current).toContain('Oracles')
})

it('a browser that keeps no files still shows every step, and what is missing', async () => {
  const { place, current } = wizard('data')
  button(place, 'Next').click()
  expect(describedBy(place, field(place, 'Title'))).toContain('One line of up to 120 characters.')
  expect(place.textContent).toContain('Choose the files and the column to predict.')
  expect(current()).toContain('Data')
})

it('a draft that was kept is there again', () => {
  const first = wizard('money')
  fill(field(first.place, 'Winners'), '3')
  expect(field(wizard('money').place, 'Winners').value).toBe('3')
})
