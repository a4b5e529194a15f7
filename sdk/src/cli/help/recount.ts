import { NETWORK_HELP, SALT_HELP, SIGNER_HELP } from './common.ts'

export const help = `A judge that grades: a contract that computes the score of what the oracles left undecided, from opened truth and opened work.

Usage: stellartrain recount deploy                           deploy one for this system; you pay; no one owns it
       stellartrain recount configure CHALLENGE [--truth CSV]   as the maker, before anyone submits: fix how work is scored
       stellartrain recount truth CHALLENGE --truth CSV      open the truth, between grade_by and judge_by; it is public then

A plan names it as {"judge": "recount"}, or by its address where a system has none of its own; \`create\` fixes its rules by the
manifest, for good, or says why the challenge cannot be recounted, and \`configure\` does what a broken-off \`create\` left. An
oracle that accepted opens the truth by itself; any oracle and the maker can, too. Each solver opens its own work with
\`stellartrain appeal\`. \`truth\` sends one transaction for each 64 KiB and resumes where it was, if it was broken off.

Options
  --truth FILE        the truth CSV; \`configure\` needs it for roc_auc alone
${SALT_HELP}${SIGNER_HELP}${NETWORK_HELP}`
