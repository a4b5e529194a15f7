import { NETWORK_HELP } from './common.ts'

export const help = `List a challenge's data sets, and after the end the opened truth and submissions.

Usage: stellartrain files CHALLENGE [options]

Options
${NETWORK_HELP}
Examples
  stellartrain files 7
  stellartrain download 7 --out data
`
