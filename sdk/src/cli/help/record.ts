import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Show a solver's record, or count a submission in it.

Usage: stellartrain record [G…]              a solver's record (default: yours)
       stellartrain record fold SUBMISSION   count a final submission in its solver's record, once

A record is kept on-chain and counts the submissions that were folded into it; anyone may fold any final submission.
A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
${SIGNER_HELP}${NETWORK_HELP}`
