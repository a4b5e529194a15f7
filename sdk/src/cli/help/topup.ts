import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Add money to a challenge until its deadline. Anyone may.

Usage: stellartrain topup CHALLENGE [--prize AMOUNT] [--fees AMOUNT] [options]

Only a challenge that pays per unit or by earnings takes more prize money; bounties and rankings lock theirs at creation.

Options
  --prize AMOUNT      for more labels, decimal, in the challenge's asset
  --fees AMOUNT       for the oracles
${SIGNER_HELP}${NETWORK_HELP}`
