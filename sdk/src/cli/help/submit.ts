import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Check a file, seal it to the challenge's key, submit it, and hand it out.

Usage: stellartrain submit CHALLENGE FILE.csv [options]

No one sees the file before its number is in the ledger: until then the sealed file is kept here, and then it is handed to
the IPFS node and to every oracle. If it is stopped at any point, the same command resumes there, and so does the next
command that signs or follows a submission; an attempt is never spent twice. What a copy costs is shown before an attempt is
spent.

Options
  --check             only check; nothing is spent or sent
  --wait              wait until it is graded and paid
${SIGNER_HELP}${NETWORK_HELP}
Where labels are paid by earnings, the batch is signed and given to the oracles, without a transaction or a fee.

With --wait the exit code is 0 only if the submission was accepted and everything due was paid. Where prizes go by a
ranking after the deadline, waiting ends with the public score.

Examples
  stellartrain submit 7 predictions.csv --check --secret-file solver.key
  stellartrain submit 7 predictions.csv --wait --secret-file solver.key
`
