import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Send an oracle the fees that it earned in a challenge.

Usage: stellartrain withdraw CHALLENGE [options]

Anyone may call it; the money goes only to the oracle, which must be able to hold the challenge's asset.

Options
  --oracle G…         an oracle other than yourself
${SIGNER_HELP}${NETWORK_HELP}`
