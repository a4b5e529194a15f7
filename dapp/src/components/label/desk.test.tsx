/** The desk by its keys and buttons: what each does, what is kept, and what is asked for before one goes on. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { LabelingTask } from '../../lib/label/task.ts'
import { press, showDesk } from '../../testing/desk.tsx'
import { button, hasButton } from '../../testing/page.ts'

beforeEach(() => localStorage.clear())

const task: LabelingTask = {
  show: [{ column: 'text', as: 'text', title: 'Sentence' }],
  answer: {
    kind: 'choice',
    choices: [
      { value: 'pos', title: 'Positive' },
      { value: 'neg', hint: 'also sarcasm' },
    ],
  },
  flag: true,
}
const items = { a: { text: 'fine' }, b: { text: 'awful' }, c: { text: 'so so' } }

describe('one of several', () => {
  it('a key chooses and goes on; the item is shown as text', () => {
    const { text, answerOf, desk } = showDesk(task, { ...items, a: { text: '<b onclick="x">bold</b>' } })
    expect(text()).toContain('<b onclick="x">bold</b>')
    expect(text()).toContain('Positive')
    expect(text()).toContain('also sarcasm')
    press('2')
    expect(answerOf('a')).toEqual({ kind: 'choice', value: 'neg' })
    expect(desk.current()).toBe('b')
    expect(text()).toContain('awful')
  })

  it('undo comes back to what was chosen, by u and by the left arrow', () => {
    const { desk, place } = showDesk(task, items)
    press('1')
    press('2')
    press('u')
    expect(desk.current()).toBe('b')
    expect(button(place, 'neg also sarcasm').getAttribute('aria-pressed')).toBe('true')
    press('ArrowLeft')
    expect(desk.current()).toBe('a')
    press('2')
    expect(desk.current(), 'on where the work stopped').toBe('c')
  })

  it('skip puts an item at the end, and says that the last one has to be answered', () => {
    const { desk, text, confirmed } = showDesk(task, items)
    press('s')
    expect(desk.work().order).toEqual(['b', 'c', 'a'])
    press('1')
    press('1')
    expect(desk.current()).toBe('a')
    press('s')
    expect(text()).toContain('answer it before you submit')
    press('1')
    expect(confirmed()).toEqual(['b', 'c', 'a'])
    expect(desk.current()).toBeUndefined()
  })

  it('Enter goes nowhere without an answer, and says so', () => {
    const { desk, text } = showDesk(task, items)
    press('Enter')
    expect(text()).toContain('not answered yet')
    expect(desk.current()).toBe('a')
    press('1')
    expect(text()).not.toContain('not answered yet')
  })

  it('f flags a broken item where the task allows it', () => {
    const { desk } = showDesk(task, items)
    press('f')
    expect(desk.work().given.a).toMatchObject({ confirmed: true, broken: true })
    press('u')
    press('1')
    expect(desk.work().given.a).toEqual({ value: { kind: 'choice', value: 'pos' }, confirmed: true })
    localStorage.clear()
    const { flag: _, ...strict } = task
    const other = showDesk(strict, items)
    expect(hasButton(other.place, 'Flag')).toBe(false)
    other.desk.flag()
    expect(other.desk.work().given.a).toBeUndefined()
  })

  it('everything is there again after a reload', () => {
    const first = showDesk(task, items)
    press('1')
    press('s')
    const again = showDesk(task, items)
    expect(again.desk.work()).toEqual({ ...first.desk.work(), past: [], spent: again.desk.work().spent })
    expect(again.answerOf('a')).toEqual({ kind: 'choice', value: 'pos' })
  })

  it('keys of the browser and keys in a field are left alone', () => {
    const { desk, place } = showDesk(task, items)
    expect(press('1', { ctrlKey: true }).defaultPrevented || desk.current() !== 'a').toBe(false)
    expect(press('s', { metaKey: true }).defaultPrevented).toBe(false)
    const field = place.appendChild(document.createElement('input'))
    field.focus()
    press('1')
    expect(desk.current()).toBe('a')
  })

  it('the focus moves to the next item, so that Enter does not choose once more', () => {
    const { place } = showDesk(task, items)
    button(place, 'Positive').focus()
    button(place, 'Positive').click()
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Item 2 of 3')
  })
})

it('single keys can be switched off, for those who speak to their computer', () => {
  localStorage.setItem('labels-single-keys', 'off')
  const { desk } = showDesk(task, items)
  press('1')
  expect(desk.current()).toBe('a')
  press('ArrowLeft')
  desk.enter({ kind: 'choice', value: 'pos' })
  press('Enter')
  expect(desk.current()).toBe('b')
})

it('? shows the keys of this task', async () => {
  showDesk(task, items)
  press('?')
  await expect.poll(() => document.querySelector('[role=dialog]')?.textContent).toContain('flag the item as broken')
})
