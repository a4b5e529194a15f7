import { NETWORK_HELP } from './common.ts'

export const help = `Write your submission, unencrypted, to a file that proves to a judge what you submitted.

Usage: stellartrain disclose SUBMISSION [options]

The file holds your content and the nonce of the commitment that you made when you submitted. Give it to the judge over a
channel that you both trust: anyone who has it can read your work. \`stellartrain judge check\` verifies it. This works on
the machine that submitted, whose home folder keeps both. A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --out FILE          where to write it (default: submission-7-3.disclosure)
  --file CSV          the file that you submitted, if no copy of it was kept here
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${NETWORK_HELP}`
