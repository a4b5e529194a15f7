import { NETWORK_HELP, SALT_HELP, SIGNER_HELP } from './common.ts'

export const help = `Decide, as a challenge's judge, what its oracles left undecided.

Usage: stellartrain judge CHALLENGE                                 what waits for the judge, with the votes cast
       stellartrain judge rule SUBMISSION --reasons FILE BALLOT     decide a submission, named 7/3
       stellartrain judge rank CHALLENGE --reasons FILE --file CSV  rank, where no quorum of oracles did
       stellartrain judge check SUBMISSION FILE                     whether a solver's file is what it submitted

A judge decides after grading and before the end of judging; ballots and the last ranking are carried out at the end. Where a
quorum of oracles graded a submission without agreeing, the ballot is one of their votes. Where the judge is a jury, each
juror signs its own vote, and the majority rules.

\`judge check\` compares a solver's disclosure (\`stellartrain disclose\`), or a CSV with its --nonce, with the commitment in the
ledger. Given the maker's truth, it also shows how an oracle would grade the file, and the ballot for that. It signs nothing.

Ballots
  --like G…           the vote of this oracle
  --reject CODE       rejected, with this reason code
  --score S --hash H  scored, with this content hash (64 hexadecimal digits), and
  --units N           with this many accepted units, where the challenge pays per unit

Options
  --reasons FILE      your reasons, published with the decision
  --file CSV          the ranking, best first, with the columns solver, attempt and score
  --nonce HEX         check: the nonce of a CSV without a disclosure, 64 hexadecimal digits
  --out CSV           check: where to write the content
  --truth FILE        check: the truth CSV, to grade it, and
${SALT_HELP}${SIGNER_HELP}${NETWORK_HELP}`
