import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Send all of a challenge’s money back to its maker: by the maker until every oracle has accepted, by anyone once the
time to accept is over.

Usage: stellartrain cancel CHALLENGE [options]

Options
${SIGNER_HELP}${NETWORK_HELP}`
