/** Each kind of answer, given by keys and by buttons, and what comes of it in the cell of the file. */
import { formatAnswer } from '@stellartrain/ipfs-content/labeling'
import { beforeEach, expect, it, vi } from 'vitest'
import type { LabelingTask } from '../../lib/label/task.ts'
import { press, showDesk } from '../../testing/desk.tsx'
import { button, fill, hasButton } from '../../testing/page.ts'

beforeEach(() => localStorage.clear())

const text = [{ column: 'text', as: 'text' as const }]
const items = { a: { text: 'Ada met Zoë.' }, b: { text: 'two' } }

/** The cell of the first item, as it is submitted. */
function cellOf(task: LabelingTask, shown: ReturnType<typeof showDesk>, item: Record<string, string> = items.a) {
  const answer = shown.answerOf('a')
  return answer && formatAnswer(task, answer, item)
}

it('several choices: keys choose and take back, and too few are refused', () => {
  const choices = ['red', 'green', 'blue'].map((value) => ({ value }))
  const task: LabelingTask = { show: text, answer: { kind: 'choices', choices, least: 2, most: 2 } }
  const shown = showDesk(task, items)
  expect(shown.text()).toContain('Choose 2.')
  press('3')
  press('Enter')
  expect(shown.text()).toContain('at least 2 are needed')
  press('1')
  press('2')
  button(shown.place, 'green').click()
  press('Enter')
  expect(cellOf(task, shown)).toBe('["red","blue"]')
  expect(shown.confirmed()).toEqual(['a'])
})

it('a choice that is a digit is chosen by that digit, and its button shows it', () => {
  const choices = [...'0123456789'].map((value) => ({ value }))
  const task: LabelingTask = { show: text, answer: { kind: 'choice', choices } }
  const shown = showDesk(task, items)
  expect(button(shown.place, '5').textContent).toBe('55')
  press('5')
  expect(cellOf(task, shown)).toBe('5')
})

it('none of several is an answer only when it is said twice', () => {
  const task: LabelingTask = { show: text, answer: { kind: 'choices', choices: [{ value: 'x' }] } }
  const shown = showDesk(task, items)
  press('Enter')
  expect(shown.confirmed()).toEqual([])
  expect(shown.text()).toContain('Continue once more')
  press('Enter')
  expect(cellOf(task, shown)).toBe('[]')
})

it('a text: Enter is done, Shift and Enter a new line, space around it goes, and what is typed survives a reload', () => {
  const task: LabelingTask = { show: text, answer: { kind: 'text', maxLength: 20 } }
  const shown = showDesk(task, items)
  const field = () => shown.place.querySelector('textarea')!
  expect(document.activeElement).toBe(field())
  fill(field() as unknown as HTMLInputElement, '  a\nb ')
  press('Enter', { shiftKey: true })
  expect(shown.confirmed()).toEqual([])
  expect(showDesk(task, items).place.querySelector('textarea')!.value).toBe('  a\nb ')
  field().focus()
  press('Enter')
  expect(cellOf(task, shown)).toBe('a\nb')
  fill(field() as unknown as HTMLInputElement, 'x'.repeat(21))
  field().focus()
  press('Enter')
  expect(shown.text()).toContain('at most 20 are allowed')
  press('Escape')
  expect(document.activeElement).not.toBe(field())
})

it('a transcription is refused while it is empty', () => {
  const task: LabelingTask = {
    show: [{ column: 'sound', as: 'audio' }],
    answer: { kind: 'transcription', column: 'sound', maxLength: 9 },
  }
  const shown = showDesk(task, { a: { sound: 'https://example.org/a.ogg' } })
  const field = shown.place.querySelector('textarea')!
  fill(field as unknown as HTMLInputElement, ' ')
  press('Enter')
  expect(shown.text()).toContain('is empty')
  fill(field as unknown as HTMLInputElement, 'hello')
  press('Enter')
  expect(shown.answerOf('a')).toEqual({ kind: 'transcription', value: 'hello' })
})

it('a rating: a digit rates and goes on; many values are a slider', () => {
  const task: LabelingTask = { show: text, answer: { kind: 'rating', from: 1, to: 5, step: 1 } }
  const shown = showDesk(task, items)
  press('9')
  expect(shown.answerOf('a')).toBeUndefined()
  press('4')
  expect(cellOf(task, shown)).toBe('4')
  expect(shown.desk.current()).toBe('b')
  const eleven: LabelingTask = { show: text, answer: { kind: 'rating', from: 0, to: 10, step: 1 } }
  localStorage.clear()
  const wide = showDesk(eleven, items)
  press('7')
  expect(cellOf(eleven, wide), 'a digit rates itself on a longer scale, too').toBe('7')
  const fine: LabelingTask = { show: text, answer: { kind: 'rating', from: 0, to: 1, step: 0.01 } }
  localStorage.clear()
  const other = showDesk(fine, items)
  const slider = other.place.querySelector<HTMLInputElement>('input[type=range]')!
  slider.value = '0.07'
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  slider.focus()
  press('Enter')
  expect(cellOf(fine, other)).toBe('0.07')
})

it('a preference: 1 and a, 2 and b, and a tie only where it is allowed', () => {
  const pair = { a: { one: 'first', two: 'second' }, b: { one: 'x', two: 'y' } }
  const show = ['one', 'two'].map((column) => ({ column, as: 'text' as const }))
  const task: LabelingTask = { show, answer: { kind: 'preference', a: 'one', b: 'two', tie: true } }
  const shown = showDesk(task, pair)
  press('b')
  expect(shown.answerOf('a')).toEqual({ kind: 'preference', value: 'b' })
  button(shown.place, 'Equally good').click()
  expect(shown.answerOf('b')).toEqual({ kind: 'preference', value: 'tie' })
  localStorage.clear()
  const strict = showDesk({ show, answer: { kind: 'preference', a: 'one', b: 'two' } }, pair)
  press('0')
  expect(strict.answerOf('a')).toBeUndefined()
  expect(hasButton(strict.place, 'Equally good')).toBe(false)
})

it('a ranking: picked up by its number, moved by arrows or buttons; the order as it stands is one when it is confirmed twice', async () => {
  const row = { one: '1', two: '2', three: '3' }
  const columns = Object.keys(row)
  const show = columns.map((column) => ({ column, as: 'text' as const }))
  const task: LabelingTask = { show, answer: { kind: 'ranking', columns } }
  const shown = showDesk(task, { a: row, b: row })
  await expect.poll(() => shown.place.querySelector('ol')).not.toBeNull()
  press('3')
  press('ArrowUp')
  press('ArrowUp')
  press('ArrowUp')
  button(shown.place, 'Move two up').click()
  press('Enter')
  expect(cellOf(task, shown, row)).toBe('["three","two","one"]')
  expect(shown.desk.current()).toBe('b')
  press('Enter')
  expect(shown.desk.current()).toBe('b')
  press('Enter')
  expect(shown.answerOf('b')).toEqual({ kind: 'ranking', order: columns })
})

it('spans: selected by Shift and arrows, labeled by a key, removed by Delete and by a button', async () => {
  const labels = [{ value: 'PER', title: 'Person' }, { value: 'LOC' }]
  const task: LabelingTask = { show: text, answer: { kind: 'spans', column: 'text', labels } }
  const shown = showDesk(task, items)
  await expect.poll(() => shown.place.querySelector('[data-start]')).not.toBeNull()
  press('ArrowRight', { shiftKey: true, ctrlKey: true })
  expect(shown.text()).toContain('Selected: Ada')
  press('1')
  expect(cellOf(task, shown)).toBe('[{"end":3,"label":"PER","start":0}]')
  for (let i = 0; i < 5; i++) press('ArrowRight')
  for (let i = 0; i < 3; i++) press('ArrowRight', { shiftKey: true })
  button(shown.place, 'LOC').click()
  expect(cellOf(task, shown)).toBe('[{"end":3,"label":"PER","start":0},{"end":11,"label":"LOC","start":8}]')
  expect(shown.desk.current(), 'the arrow is the caret’s').toBe('a')
  button(shown.place, 'Remove Person Ada').click()
  press('Delete')
  press('Enter')
  expect(cellOf(task, shown)).toBe('[]')
  expect(shown.desk.current()).toBe('b')
})

const picture = { a: { image: 'https://example.org/a.png' }, b: { image: 'https://example.org/b.png' } }
const onPicture = [{ column: 'image', as: 'image' as const }]
const cats = [{ value: 'cat' }, { value: 'dog' }]

/** What draws is loaded when it is used. */
const PATIENCE = { timeout: 240_000 }

/** As if the picture had arrived, 200 by 100 pixels. */
async function loaded(place: HTMLElement) {
  const image = await vi.waitUntil(() => place.querySelector('img'), PATIENCE)
  Object.defineProperties(image, { naturalWidth: { value: 200 }, naturalHeight: { value: 100 } })
  image.dispatchEvent(new Event('load'))
  const surface = await vi.waitUntil(() => place.querySelector('svg[viewBox="0 0 200 100"]'), PATIENCE)
  // One pixel of the screen for each of the picture.
  surface.getBoundingClientRect = () => ({ ...new DOMRect(0, 0, 200, 100), left: 0, top: 0, width: 200, height: 100 })
  return (type: string, x: number, y: number, pointerId = 1) =>
    surface.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId, bubbles: true, button: 0 }))
}

it('boxes: drawn by a pointer, a second finger draws nothing, and keys move, resize, label and remove', async () => {
  const task: LabelingTask = { show: onPicture, answer: { kind: 'boxes', column: 'image', labels: cats } }
  const shown = showDesk(task, picture)
  const point = await loaded(shown.place)
  const drag = (from: [number, number], to: [number, number]) => {
    point('pointerdown', ...from)
    point('pointermove', ...to)
    point('pointerup', ...to)
  }
  drag([10, 20], [50, 60])
  expect(cellOf(task, shown)).toBe('[{"height":40,"label":"cat","width":40,"x":10,"y":20}]')
  press('ArrowRight')
  press('ArrowDown', { altKey: true })
  press('ArrowRight', { shiftKey: true })
  press('2')
  expect(cellOf(task, shown)).toBe('[{"height":40,"label":"dog","width":41,"x":11,"y":30}]')
  drag([30, 50], [20, 50])
  expect(cellOf(task, shown), 'moved by its body').toContain('"x":1,')
  point('pointerdown', 100, 10)
  point('pointermove', 150, 50)
  point('pointerdown', 160, 60, 2)
  point('pointermove', 190, 90)
  point('pointerup', 190, 90)
  point('pointerup', 160, 60, 2)
  expect(shown.answerOf('a')).toMatchObject({ boxes: { length: 1 } })
  press('n')
  expect(shown.answerOf('a')).toMatchObject({ boxes: { length: 2 } })
  press('Delete')
  press('Enter')
  expect(shown.answerOf('a')).toMatchObject({ boxes: [{ label: 'dog' }] })
  expect(shown.desk.current()).toBe('b')
})

it('polygons: point by point, closed at the first or by Enter, also with the cross', async () => {
  const task: LabelingTask = { show: onPicture, answer: { kind: 'polygons', column: 'image', labels: cats } }
  const shown = showDesk(task, picture)
  const point = await loaded(shown.place)
  const click = (x: number, y: number) => {
    point('pointerdown', x, y)
    point('pointerup', x, y)
  }
  click(10, 10)
  click(60, 10)
  press('Enter')
  expect(shown.answerOf('a'), 'two points enclose nothing').toBeUndefined()
  click(60, 60)
  click(12, 11)
  expect(cellOf(task, shown)).toBe('[{"label":"cat","points":[[10,10],[60,10],[60,60]]}]')
  press('Escape')
  press('ArrowRight', { altKey: true })
  press(' ')
  press('ArrowDown', { altKey: true })
  press(' ')
  press('ArrowLeft', { altKey: true })
  press(' ')
  press('2')
  press('Enter')
  expect(shown.answerOf('a')).toMatchObject({
    polygons: [
      { label: 'cat' },
      {
        label: 'dog',
        points: [
          [110, 50],
          [110, 60],
          [100, 60],
        ],
      },
    ],
  })
  expect(shown.desk.current()).toBe('a')
  press('Delete')
  press('Enter')
  expect(shown.answerOf('a')).toMatchObject({ polygons: { length: 1 } })
  expect(shown.desk.current()).toBe('b')
})

it('an image of another site is loaded once somebody has read where it is and agreed', async () => {
  const task: LabelingTask = {
    show: [{ column: 'photo', as: 'image' }],
    answer: { kind: 'choice', choices: [{ value: 'x' }, { value: 'y' }] },
  }
  const shown = showDesk(task, { a: { photo: 'https://one.example/a.png' }, b: { photo: 'https://one.example/b.png' } })
  await expect.poll(shown.text).toContain('one.example')
  expect(shown.place.querySelector('img')).toBeNull()
  expect(shown.text()).toContain('sees your network address')
  button(shown.place, 'Load images from one.example').click()
  await expect.poll(() => shown.place.querySelector('img')?.getAttribute('src')).toBe('https://one.example/a.png')
})
