/** What anyone may read of an upstream's failure. */
import { expect, test } from 'vitest'
import { createStatus } from './status.ts'

test('the key in the URL of an RPC that fails is not part of the status', () => {
  const status = createStatus(() => 0, false)
  status.upstream('rpc', 'The RPC at http://user:pw@rpc.example/v1/SECRETKEY does not answer.')
  expect(status.report().rpc).toMatchObject({ ok: false, message: 'The RPC at http://rpc.example does not answer.' })
})
