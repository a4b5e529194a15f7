import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Extend the lifetimes of a challenge and its submissions to the network's maximum.

Usage: stellartrain extend CHALLENGE [options]

A contract's entries are archived when their lifetime ends, and whoever needs them then pays for restoring them. Anyone may
extend them before that, or restore them with this command; the fee is rent. One transaction covers up to 40 submissions.

Options
${SIGNER_HELP}${NETWORK_HELP}`
