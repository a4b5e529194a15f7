/** Whatever happens a thousand times a second, a log stays readable and small, and loses no kind of trouble. */
import { expect, test } from 'vitest'
import { calmLog } from './calm-log.ts'
import { createLog } from './log.ts'

test('what repeats is counted, and told with the next line that is written', () => {
  const lines: Record<string, unknown>[] = []
  let now = 0
  const log = calmLog(createLog('info', { write: (line) => void lines.push(JSON.parse(line)) }), {
    burst: 3,
    everyMs: 1_000,
    now: () => now,
  })
  for (let time = 0; time < 1_000; time++) log.error('request_failed', { code: 'damaged', path: `/${time}` })
  expect(lines).toHaveLength(3)
  log.error('request_failed', { code: 'other' })
  log.info('voted')
  expect(lines).toHaveLength(5)
  now = 2_000
  log.error('request_failed', { code: 'damaged' })
  expect(lines.at(-1)).toMatchObject({ code: 'damaged', suppressed: 997 })
  log.error('request_failed', { code: 'damaged' })
  expect(lines).toHaveLength(6)
})

test('kinds that a stranger makes up are bounded, and fields of a log of a request count', () => {
  let lines = 0
  const log = calmLog(createLog('info', { write: () => void lines++ }), { burst: 1, now: () => 0 })
  for (let kind = 0; kind < 5_000; kind++)
    log.with({ requestId: String(kind) }).warn('refused', { code: `made-up-${kind}` })
  expect(lines).toBeLessThan(300)
})
