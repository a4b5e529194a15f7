/** Secrets in URLs reach no reader of a service, whichever message quotes them. */
import { expect, test } from 'vitest'
import { readinessOf } from '../http/health.ts'
import { createLog } from './log.ts'
import { withoutKeys } from './without-keys.ts'

test.each([
  ['at http://user:pw@127.0.0.1:1/v1/KEY does', 'at http://127.0.0.1:1 does'],
  ['(https://rpc.example:8443/v2/KEY?token=KEY)', '(https://rpc.example:8443)'],
  ['postgres://me:p@ss@db.example:5432/main', 'postgres://db.example:5432'],
  ['"ftp://user:pw@host/KEY", https://KEY@host.', '"ftp://host", https://host.'],
  ['the time 12:30 and C:/path', 'the time 12:30 and C:/path'],
])('of %s it leaves %s', (text, shown) => expect(withoutKeys(text)).toBe(shown))

test('readiness shows no key, and each reason once', () => {
  const reason = 'The RPC at http://user:pw@rpc.example/v1/KEY does not answer.'
  expect(readinessOf([reason, reason, 'Another.'])).toEqual({
    body: { ready: false, reasons: ['The RPC at http://rpc.example does not answer.', 'Another.'] },
    status: 503,
  })
})

test('a log line shows no key', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  log.with({ upstream: 'http://user:pw@a.example/KEY' }).warn('failed', { message: 'at http://b.example/KEY', n: 1 })
  expect(JSON.parse(lines[0]!)).toMatchObject({ upstream: 'http://a.example', message: 'at http://b.example', n: 1 })
})
