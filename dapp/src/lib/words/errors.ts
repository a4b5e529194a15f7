/** Any error as words for people: a title, a sentence that says what to do, and the rest for a bug report. */
import { ApiError } from '@stellartrain/sdk/api'
import { ConfigError } from '../site/config.ts'

export type Words = { title: string; sentence: string; details: string; retryable: boolean }

/** Codes of the wallet, the sdk, the chain and the content, where a title of their own helps. */
export const titles: Record<string, string> = {
  no_wallet: 'No wallet',
  wrong_network: 'The wallet is on another network',
  rejected: 'Declined in the wallet',
  no_funds: 'Not enough funds',
  no_account: 'This account does not exist yet',
  no_trustline: 'This account cannot receive the prize',
  too_late: 'Too late for this challenge',
  not_open: 'Not open yet',
  no_attempts_left: 'No attempt left',
  conflict_of_interest: 'Maker, oracles and judge cannot take part',
  not_admitted: 'This account is not admitted',
  unexpected_authorization: 'More was requested than was shown',
  already_won: 'One prize for each account',
  check_failed: 'The file would be rejected',
  metric_unsuitable: 'The metric does not fit',
  rpc_unreachable: 'The network cannot be reached',
  expired: 'The signature came too late',
  batch_pending: 'Your last batch waits for its verdict',
  no_lease: 'No items for you now',
  lease_expired: 'The lease of these items has ended',
  escrow_used_up: 'The rest of the prize does not pay for a batch',
}

type Coded = { code?: unknown; name?: unknown; message?: unknown; retryable?: unknown; cause?: unknown }

export function inWords(error: unknown): Words {
  const { code, name, message, retryable, cause } = (error ?? {}) as Coded
  // Why the wallet did not sign, the wallet says itself.
  if (code === 'not_signed' && (cause as Coded | undefined)?.name === 'WalletError') return inWords(cause)
  const details = [
    `${typeof name === 'string' ? name : 'Error'} ${code === undefined ? '' : `(${String(code)})`}: ${String(message ?? error)}`,
    cause ? `caused by ${String((cause as Error).message ?? cause)}` : '',
    `at ${location.pathname}, ${new Date().toISOString()}`,
  ]
    .filter(Boolean)
    .join('\n')
  if (error instanceof ApiError) {
    return { ...apiWords(error), details, retryable: error.retryable }
  }
  if (error instanceof ConfigError) {
    return {
      title: 'This page is not set up',
      sentence: `${error.message} Whoever runs this site has to fix it.`,
      details,
      retryable: true,
    }
  }
  if ((typeof code === 'string' || name === 'ContractError') && typeof message === 'string') {
    return {
      title: titles[String(code)] ?? 'That did not work',
      sentence: message,
      details,
      retryable: retryable === true,
    }
  }
  return {
    title: 'Something went wrong here',
    sentence: 'This is a fault in the page, not in your work. Reload it: whatever reached the ledger is kept there.',
    details,
    retryable: true,
  }
}

/** The API's refusals: its own text is written for programs and stays behind the fold. */
function apiWords({ status }: ApiError): { title: string; sentence: string } {
  if (status === 0)
    return {
      title: 'No connection to the index',
      sentence: 'The index cannot be reached. What is on the ledger, submissions and money, does not depend on it.',
    }
  if (status === 404)
    return {
      title: 'Not found',
      sentence: 'There is nothing under this address. If it is new, the index may be a few seconds behind the ledger.',
    }
  if (status === 429)
    return { title: 'Too many requests', sentence: 'The index asks this browser to wait. Try again in a minute.' }
  if (status >= 400 && status < 500)
    return {
      title: 'This address is not valid',
      sentence: 'The link may be incomplete or mistyped. Start again from the list of challenges.',
    }
  return {
    title: 'The index has a problem',
    sentence: 'It could not answer. What is on the ledger, submissions and money, does not depend on it.',
  }
}

/** `perhaps`: a signature was given, so that a transaction may have left this browser. */
export type Sent = 'nothing' | 'perhaps'

/** Failures after which it is known that the ledger changed nothing, although something was sent. */
const UNCHANGED = new Set([
  ...['expired', 'failed_on_ledger', 'rejected_by_network', 'outbid', 'not_signed', 'unexpected_authorization'],
])
const LOOK_FIRST = 'Reload the page before you try again: it shows what reached the ledger.'

/** A failed action in words, with what is known of the ledger; what is not known is not claimed. */
export function failureWords(error: unknown, sent: Sent, advice = LOOK_FIRST): Words {
  const words = inWords(error)
  const { code, name } = (error ?? {}) as Coded
  if (sent === 'nothing') return { ...words, sentence: `${words.sentence} Nothing was sent to the ledger.` }
  if (name === 'ContractError' || UNCHANGED.has(String(code))) return words
  return { ...words, sentence: `${words.sentence} A signed transaction may have reached the ledger. ${advice}` }
}
