/** Why the ledger did not carry out a classic operation, by its result's code: what to do about it, in a sentence. */

const WORDS: Readonly<Record<string, string>> = {
  paymentUnderfunded: 'The account has too little of the asset, or of XLM beside its reserve.',
  paymentSrcNoTrust: 'The account has no trustline for the asset.',
  paymentSrcNotAuthorized: "The asset's issuer does not let the account send it.",
  paymentNoDestination: 'The receiving account does not exist on this network. It begins to exist with its first XLM.',
  paymentNoTrust: 'The receiving account has no trustline for the asset: its owner has to add one.',
  paymentNotAuthorized: "The asset's issuer does not let the receiving account hold it.",
  paymentLineFull: 'The receiving account takes no more of the asset: its trustline has a limit.',
  paymentNoIssuer: "The asset's issuer does not exist on this network.",
  changeTrustNoIssuer: "The asset's issuer does not exist on this network.",
  changeTrustLowReserve:
    'The account has too little XLM: each trustline keeps 0.5 XLM of it as a reserve. Send it some.',
  changeTrustSelfNotAllowed: 'An account needs no trustline for an asset of its own.',
  createAccountUnderfunded: 'The account has too little XLM beside its reserve.',
  createAccountLowReserve: 'A new account needs at least 1 XLM.',
  createAccountAlreadyExist: 'The account exists already.',
}

/** @param reason as an outcome has it, e.g. `txFailed/paymentUnderfunded`; undefined where there is nothing to say about it */
export function operationWords(reason: string): string | undefined {
  const [, code] = /\/(\w+)/.exec(reason) ?? []
  return code === undefined ? undefined : WORDS[code]
}
