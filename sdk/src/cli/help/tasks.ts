import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Get the items of your next batch, where a challenge pays for labels.

Usage: stellartrain tasks CHALLENGE [options]

Prints a CSV of what the maker published about each item, with an empty column for your label. Label every item in it, and
submit that file with \`stellartrain submit\`, which leaves the other columns out; one of ids and labels alone is taken, too.
Where the challenge leases its items, they are yours until the lease ends: \`tasks\` shows when that is, and until then
returns the same items again, on another device as well.

Options
  --labeler G…        a labeler other than yourself
  --attempt N         the batch of an attempt other than the next one
  --out FILE          write the CSV there; an existing file is not replaced
${SIGNER_HELP}${NETWORK_HELP}
Examples
  stellartrain tasks 7 --out batch.csv --secret-file labeler.key
`
