import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `A gate: a contract, named by a challenge, that decides who may submit.

Usage: stellartrain gate deploy [--paid N]                    deploy one that you own
       stellartrain gate invite GATE|CHALLENGE SOLVER         invite a solver; --withdraw undoes it
       stellartrain gate show GATE|CHALLENGE [SOLVER]         what it asks, and whether it admits a solver now

A plan names a gate as {"gate": "C…"}. It admits solvers whom its owner invited and, with --paid, those with at least N paid
submissions in the records contract. Withdrawing an invitation does not affect earlier submissions.

Options
  --paid N            also admit solvers whose record has at least N paid submissions
  --records C…        the records contract to ask (default: the one of this network)
  --owner G…          who invites (default: you)
  --withdraw          withdraw the invitation
${SIGNER_HELP}${NETWORK_HELP}`
