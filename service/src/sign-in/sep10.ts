/** SEP-10: a challenge for an account to sign, and what a signed one proves. */
import { StrKey, WebAuth } from '@stellar/stellar-sdk'
import { SignInError } from './errors.ts'
import type { Keys } from './keys.ts'

const CHALLENGE_SECONDS = 300

export type Sep10 = {
  /** base64 of the transaction to sign. @throws SignInError `bad_request`, `bad_domain` */
  challenge: (account: string, homeDomain?: string) => string
  /** `issued`: when the challenge was made, unix seconds. @throws SignInError `sign_in_refused` */
  verify: (transaction: string) => { account: string; homeDomain: string; hash: string; issued: number }
}

export function createSep10(keys: Keys, networkPassphrase: string, homeDomains: readonly string[]): Sep10 {
  const server = keys.server.publicKey()
  return {
    challenge(account, homeDomain = homeDomains[0]!) {
      if (!StrKey.isValidEd25519PublicKey(account)) {
        throw new SignInError('bad_request', 'Only accounts G… can sign in: give one as `account`.')
      }
      if (!homeDomains.includes(homeDomain)) {
        throw new SignInError(
          'bad_domain',
          `This service does not answer for ${homeDomain}. Its operator sets HOME_DOMAIN.`,
        )
      }
      return WebAuth.buildChallengeTx(
        keys.server,
        account,
        homeDomain,
        CHALLENGE_SECONDS,
        networkPassphrase,
        homeDomain,
      )
    },
    verify(transaction) {
      const problems = []
      for (const homeDomain of homeDomains) {
        try {
          const read = WebAuth.readChallengeTx(transaction, server, networkPassphrase, homeDomain, homeDomain)
          const account = read.clientAccountID
          // The account's own key: nothing is looked up, so an account without funds can sign in.
          WebAuth.verifyChallengeTxSigners(transaction, server, networkPassphrase, [account], homeDomain, homeDomain)
          const hash = Buffer.from(read.tx.hash()).toString('hex')
          return { account, homeDomain, hash, issued: Number(read.tx.timeBounds!.minTime) }
        } catch (error) {
          problems.push(error instanceof Error ? error.message : 'unreadable transaction')
        }
      }
      // With several names all but one fail by the name alone: the other one tells what is wrong.
      const problem = problems.find((text) => !text.includes('home domain')) ?? problems[0]
      throw new SignInError('sign_in_refused', `The signed challenge is not accepted: ${problem}.`)
    },
  }
}
