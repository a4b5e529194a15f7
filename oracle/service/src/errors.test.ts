/** What is shown of a failure helps, and gives nothing away. */

import { ContractError } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content'
import { expect, test } from 'vitest'
import { OracleError, publicError } from './errors.ts'

test('an error made for people is shown with its code', () => {
  expect(publicError(new ContentError('not_found', 'It is not there.'))).toEqual({
    code: 'not_found',
    message: 'It is not there.',
  })
  expect(publicError(new ContractError(305))).toMatchObject({ code: 'NotAnOracle' })
})

test('an error of a library is shown without its message, which may quote what someone uploaded', () => {
  const thrown = (() => {
    try {
      return JSON.parse('r1,secret-label')
    } catch (error) {
      return error
    }
  })()
  expect(JSON.stringify(publicError(thrown))).not.toContain('secret')
})

test('keys in the URLs of providers stay private', () => {
  const url = 'https://user:pass@rpc.example:8443/v2/0123abcd?token=x'
  const { message } = publicError(new OracleError('indexer_failed', `The RPC at ${url} (${url}) does not answer.`))
  expect(message).toBe('The RPC at https://rpc.example:8443 (https://rpc.example:8443) does not answer.')
})
