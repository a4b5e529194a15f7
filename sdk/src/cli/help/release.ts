import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Send a submission's solver everything that it is still owed: a prize, pay for labels, its own money back.

Usage: stellartrain release SUBMISSION [options]

Anyone may call it; the money goes only to the solver. After the end, or once a bounty has its last winner, it also
records what became of the submission. A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --check             only show what would be sent
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${SIGNER_HELP}${NETWORK_HELP}`
