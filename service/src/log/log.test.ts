/** Log lines have one order of fields and one set of levels. */
import { expect, test } from 'vitest'
import { createLog, LEVELS, type LogLevel } from './log.ts'

function lines(level: LogLevel, use: (log: ReturnType<typeof createLog>) => void): string[] {
  const written: string[] = []
  use(createLog(level, { write: (line) => written.push(line), now: () => new Date(0) }))
  return written
}

test('a line begins with time, level and event, then the bound fields, then its own', () => {
  const [line] = lines('info', (log) => log.with({ requestId: 'r1' }).info('uploaded', { bytes: 3, cid: undefined }))
  expect(line).toBe(
    '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"uploaded","requestId":"r1","bytes":3}\n',
  )
})

test('a text with a line break stays one line', () => {
  expect(lines('info', (log) => log.info('failed', { cause: 'a\nb' }))[0]?.split('\n')).toHaveLength(2)
})

test.each(LEVELS.map((level, index) => [level, index] as const))('at %s %i levels are written', (level, count) => {
  const all = lines(level, (log) => {
    log.error('e')
    log.warn('w')
    log.info('i')
    log.debug('d')
  })
  expect(all).toHaveLength(count)
})
