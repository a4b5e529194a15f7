import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Send a labeler everything that it has earned in a challenge and not received yet.

Usage: stellartrain claim CHALLENGE [options]

The amount and its proof come from the report that the oracles published, and are checked against the root on the chain.
Anyone may call it; the money goes only to the labeler.

Options
  --labeler G…        a labeler other than yourself
  --epoch N           an epoch other than the newest
  --report FILE       the epoch's report, if the RPC no longer keeps the event that names it
${SIGNER_HELP}${NETWORK_HELP}`
