import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Conclude and pay submissions that have a verdict, and let a bounty's queue pass over those that ran out of time.

Usage: stellartrain settle CHALLENGE [options]

Oracles do this as they vote; if they stop, anyone may do it, at any time. Each call covers up to 40 submissions.

Options
${SIGNER_HELP}${NETWORK_HELP}`
