import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `A jury: a contract, named by a challenge as its judge, in which a majority of jurors rules.

Usage: stellartrain jury deploy --juror G… --juror G… --juror G…   deploy one; you pay; the jurors cannot be changed
       stellartrain jury show JURY | CHALLENGE | SUBMISSION         its jurors, and the votes cast so far
       stellartrain jury vote SUBMISSION --reasons FILE BALLOT      vote, as a juror; ballots as in \`judge rule\`

A plan names a jury as {"judge": {"address": "C…"}}. Each juror may replace its vote until a majority has cast equal ones;
that vote rules in the same transaction. A jury cannot rank. Only its own address is kept from submitting, not its jurors.

Options
  --juror G…          one juror; an odd number of them, at most nine
${SIGNER_HELP}${NETWORK_HELP}`
