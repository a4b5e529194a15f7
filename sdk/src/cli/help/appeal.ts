import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Open your submission to the judge that grades, a contract: it computes the score and rules in the same transaction.

Usage: stellartrain appeal SUBMISSION [options]

For challenges whose judge is the contract that grades (\`stellartrain recount --help\`), between their grade_by and judge_by,
once someone has opened the truth. Your work is public from then on. Works on the machine that submitted, whose home folder
keeps the nonce, or with the file that \`stellartrain disclose\` wrote there; one transaction for each 64 KiB. Broken off, it
resumes where it was. Where identical content is a copy, works are opened in the first three quarters of the time and ruled on
in the last: run it again then, unless an oracle was faster. A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --check             only show how far it is and what it costs; nothing is sent
  --disclosure FILE   what \`stellartrain disclose\` wrote on the machine that submitted; then any account can sign
  --file CSV          the file that you submitted, where no copy of it was kept here
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${SIGNER_HELP}${NETWORK_HELP}`
