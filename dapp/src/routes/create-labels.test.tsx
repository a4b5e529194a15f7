/** The wizard of a task for labelers: its first question, the steps that follow, and what is named where it is wrong. */
import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { button, describedBy, field, fill } from '../testing/page.ts'
import { show } from '../testing/show.ts'
import { loadSite } from '../testing/site.ts'
import Create from './create.tsx'

beforeAll(() => loadSite())
beforeEach(() => localStorage.clear())

function wizard(search = '') {
  const history = createMemoryHistory()
  history.set({ value: `/create${search}` })
  const place = show(() => (
    <MemoryRouter history={history}>
      <Route path="/create" component={Create} />
    </MemoryRouter>
  ))
  const steps = () => [...place.querySelectorAll('nav[aria-label=Steps] li')].map((one) => one.textContent?.trim())
  return { place, steps, current: () => place.querySelector('[aria-current=step]')?.textContent ?? '' }
}

const choose = (place: ParentNode, value: string) => {
  const one = place.querySelector<HTMLInputElement>(`input[type=radio][value=${value}]`)!
  one.checked = true
  one.dispatchEvent(new Event('change', { bubbles: true }))
}

it('asks first how it pays, and the steps follow from the answer', async () => {
  const { place, steps, current } = wizard()
  expect(current()).toContain('Kind')
  expect(steps()).toEqual(['1 Kind', '2 Data', '3 Metric', '4 Money', '5 Oracles', '6 Review'])
  choose(place, 'per_unit')
  expect(steps()).toEqual(['1 Kind', '2 Items', '3 Task', '4 Money', '5 Oracles', '6 Review'])
  choose(place, 'earnings')
  expect(place.textContent).toContain('Where trust lies with earnings')
  button(place, 'Next').click()
  await expect.poll(current).toContain('Items')
  await expect.poll(() => place.textContent).toContain('Known items')
  button(place, 'Next').click()
  expect(describedBy(place, field(place, 'Title'))).toContain('One line of up to 120 characters.')
  expect(place.textContent).toContain('Choose the items.')
})

it('a step that the kind does not have is the first one, also after a reload', () => {
  choose(wizard().place, 'per_unit')
  expect(wizard('?step=metric').current()).toContain('Kind')
  expect(wizard('?step=task').current()).toContain('Task')
})

it('money is named at its own field, and the hour that it makes is told at once', async () => {
  const { place, current } = wizard()
  choose(place, 'per_unit')
  for (const name of ['4 Money']) button(place, name).click()
  await expect.poll(() => place.querySelectorAll('input').length).toBeGreaterThan(5)
  fill(field(place, 'Pay for an accepted answer'), '0')
  fill(field(place, 'Labelers for each item'), '21')
  fill(field(place, 'Time an item takes'), 'long')
  button(place, 'Next').click()
  expect(describedBy(place, field(place, 'Pay for an accepted answer'))).toContain('More than 0.')
  expect(describedBy(place, field(place, 'Labelers for each item'))).toContain('Between 1 and 20 labelers.')
  expect(describedBy(place, field(place, 'Time an item takes'))).toContain('A number of seconds')
  expect(current()).toContain('Money')
})

it('each kind of answer asks for what it needs, and nothing else', async () => {
  const { place } = wizard()
  choose(place, 'per_unit')
  button(place, '3 Task').click()
  await expect.poll(() => place.textContent).toContain('What labelers answer')
  const answer = (kind: string) => {
    const select = field(place, 'What labelers answer') as unknown as HTMLSelectElement
    select.value = kind
    select.dispatchEvent(new Event('change', { bubbles: true }))
    return [...place.querySelectorAll('section[aria-label=Answers] label')].map((one) => one.textContent?.trim())
  }
  expect(answer('choice')).toEqual(['What labelers answer', 'Choices'])
  expect(answer('rating')).toEqual(['What labelers answer', 'Lowest value', 'Highest value', 'Step'])
  expect(answer('boxes')).toEqual([
    'What labelers answer',
    'What is marked',
    'Labels',
    'At most',
    'Right from an overlap of',
  ])
  expect(answer('transcription')).toEqual(['What labelers answer', 'What is transcribed', 'Characters at most'])
  button(place, 'Next').click()
  expect(describedBy(place, field(place, 'Instructions'))).toContain('Say how to label')
})
