import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Mint the badge of your winning submission, or show a badge.

Usage: stellartrain badge NUMBER             show a badge
       stellartrain badge mint SUBMISSION    mint the badge of your winning submission

A badge is a token that cannot be transferred. The contract composes its document; minting also uploads it to the IPFS
node and checks its CID against the one that the contract names. Minting again continues with the existing badge.
A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
${SIGNER_HELP}${NETWORK_HELP}`
