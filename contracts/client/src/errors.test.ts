/** A refusal is found in what the network says of it. */
import { expect, test } from 'vitest'
import { contractErrorIn } from './errors.ts'

test("finds our error among a token's, and a token's own where there is no other", () => {
  const log = 'HostError: Error(Contract, #10)\n 0: [Failed Diagnostic Event] Error(Contract, #406)'
  expect(contractErrorIn(log)).toMatchObject({ code: 406, errorName: 'NoSubmission', retryable: false })
  expect(contractErrorIn('HostError: Error(Contract, #10)')?.message).toMatch(/balance is too small/)
  expect(contractErrorIn('HostError: Error(Budget, ExceededLimit)')).toBeUndefined()
})
