import { NETWORK_HELP, SALT_HELP, SIGNER_HELP } from './common.ts'

export const help = `Open the truth of your challenge after its end, so that anyone can recompute the scores.

Usage: stellartrain reveal CHALLENGE --truth FILE [options]

\`stellartrain create\` kept the salt. Truth and salt are checked against the commitment first.

Options
  --truth FILE        the truth CSV, byte for byte as it was sealed
${SALT_HELP}${SIGNER_HELP}${NETWORK_HELP}`
