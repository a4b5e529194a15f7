/** People read these sentences: they must be the contract's own, none missing and none invented. */
import { expect, test } from 'vitest'
import { CONTRACT_ERRORS, contractErrorIn } from './errors.ts'
import { contractSpec } from './spec.ts'

test('the table of errors is what the built contract documents', () => {
  const documented = Object.fromEntries(
    contractSpec()
      .errorCases()
      .map((line) => [line.value, { name: line.name.toString(), sentence: line.doc.toString() }]),
  )
  expect(CONTRACT_ERRORS).toEqual(documented)
})

test("finds our error among a token's, and a token's own where there is no other", () => {
  const log = 'HostError: Error(Contract, #10)\n 0: [Failed Diagnostic Event] Error(Contract, #406)'
  expect(contractErrorIn(log)).toMatchObject({ code: 406, errorName: 'NoSubmission', retryable: false })
  expect(contractErrorIn('HostError: Error(Contract, #10)')?.message).toMatch(/balance is too small/)
  expect(contractErrorIn('HostError: Error(Budget, ExceededLimit)')).toBeUndefined()
})
