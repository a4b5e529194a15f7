/** What a demo shows while something takes its time: on the stream of progress alone, and never in the middle of the story. */
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { leftUntil, terminalTeller } from './teller.ts'

function setUp(isTTY: boolean) {
  const [out, err]: [string[], string[]] = [[], []]
  const both: string[] = []
  let time = 0
  let tick = () => {}
  let open = 0
  const stream = (kept: string[], isTTY = false) => ({
    isTTY,
    write(text: string) {
      for (const one of [kept, both]) one.push(plain(text))
    },
  })
  const tell = terminalTeller(stream(out), stream(err, isTTY), {
    now: () => time,
    every(ms, show) {
      open++
      tick = () => {
        time += ms
        show()
      }
      return () => void open--
    },
  })
  return { tell, out, err, both, tick: () => tick(), open: () => open }
}
const plain = (text: string) => stripVTControlCharacters(text.replace(GONE, '<gone>'))
const GONE = '\r\u001b[2K'

test('in a log each state of a long part is a line, apart from the story, with how far it is and for how long', async () => {
  const { tell, out, err, tick, open } = setUp(false)
  let done = 0
  const result = await tell.during(
    'labelers at work',
    async () => {
      tick()
      done = 20
      tell.fact('20 %', '20 of 100 labels')
      for (let times = 0; times < 4; times++) tick()
      return 'result'
    },
    () => `${done} of 100 labels`,
  )
  expect([result, open()]).toEqual(['result', 0])
  expect(err[0]).toBe('  · labelers at work: 0 of 100 labels, after 15 s\n')
  expect(err.at(-1)).toBe('  · labelers at work: 20 of 100 labels, after 1 min 15 s\n')
  expect(out).toEqual(['  20 %        20 of 100 labels\n'])
})

test('on a terminal the line is rewritten, gone before the story goes on, and gone where the work fails', async () => {
  const { tell, both, tick, open } = setUp(true)
  const failed = tell.during('verifying', async () => {
    tick()
    tick()
    tell.fact('a', 'b')
    tick()
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(both).toEqual([
    ...['  · verifying, after 1 s', '<gone>', '  · verifying, after 2 s', '<gone>', '  a           b\n'],
    ...['  · verifying, after 3 s', '<gone>'],
  ])
  expect(open()).toBe(0)
})

test('a date that is waited for is so far away, and is not spoken of once it has come', () => {
  let time = 0
  const left = leftUntil(90, () => time)
  const told = [0, 31_000, 90_000].map((at) => {
    time = at
    return left()
  })
  expect(told).toEqual(['1 min 30 s left', '59 s left', ''])
  expect(leftUntil(undefined)()).toBe('')
})
