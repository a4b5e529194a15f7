import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Send the maker the prize that no one can win now, and the free fee budget, from the deadline on or once a bounty
has found its last winner. Anyone may call it, repeatedly; what can still be won stays.

Usage: stellartrain close CHALLENGE [options]

Options
  --check             only show what would be sent, and what stays
${SIGNER_HELP}${NETWORK_HELP}`
