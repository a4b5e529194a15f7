import { ApiError } from '@stellartrain/sdk/api'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { WalletError } from '../wallet/wallet.ts'
import { failureWords, inWords } from './errors.ts'

beforeAll(() => {
  vi.stubGlobal('location', { pathname: '/challenges/1/submit' })
})

const coded = (code: string) => Object.assign(new Error('The network did not answer.'), { code })

describe('errors in words', () => {
  it('claims of no unknown error that nothing was sent', () => {
    expect(inWords(new Error('Stale read from <Show>.')).sentence).not.toMatch(/sent|spent/)
  })
  it('says that nothing was sent only where no signature was given', () => {
    expect(failureWords(coded('rpc_unreachable'), 'nothing').sentence).toContain('Nothing was sent to the ledger')
    expect(failureWords(coded('rpc_unreachable'), 'perhaps').sentence).toContain('may have reached the ledger')
    expect(failureWords(new Error('x is undefined'), 'perhaps').sentence).toContain('may have reached the ledger')
  })
  it('says nothing more where the ledger is known to have changed nothing', () => {
    expect(failureWords(coded('expired'), 'perhaps').sentence).toBe('The network did not answer.')
  })
  it('lets the wallet say why it did not sign', () => {
    const failure = Object.assign(new Error('The transaction was not signed.'), { cause: new WalletError('rejected') })
    const words = failureWords(Object.assign(failure, { code: 'not_signed' }), 'nothing')
    expect(words.title).toBe('Declined in the wallet')
    expect(words.sentence).toContain('You declined in the wallet.')
  })
  it('keeps codes and causes behind the fold', () => {
    const words = inWords(new ApiError(503, 'The index is starting.'))
    expect(words.sentence).toContain('could not answer')
    expect(words.details).toContain('The index is starting.')
  })
  it('claims of a visitor’s work only what the ledger has of it', () => {
    for (const status of [0, 500]) expect(inWords(new ApiError(status, '')).sentence).not.toMatch(/your (work|money)/i)
  })
  it('shows no text of the API that is written for programs', () => {
    const error = new ApiError(400, 'address: Invalid string: must match pattern /^[GC][A-Z2-7]{55}$/')
    expect(inWords(error).sentence).not.toMatch(/pattern|Invalid|\^/)
    expect(inWords(error).details).toContain('must match pattern')
  })
})
