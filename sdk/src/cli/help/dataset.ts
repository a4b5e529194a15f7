import { NETWORK_HELP } from './common.ts'

export const help = `Show the versions of a challenge's data sets, and how a version differs from the previous one.

Usage: stellartrain dataset versions CHALLENGE [NAME] [options]
       stellartrain dataset diff CHALLENGE NAME [options]

A new version names the CID of the previous one. Versions are looked up in the challenges of the same maker. A plan
publishes one with "newVersionOf": "CHALLENGE/NAME"; see \`stellartrain create --help\`.

Options
  --from CHALLENGE/NAME  diff: compare with this one instead of the previous version
  --id COLUMN            diff: the column that identifies a row (default: the challenge's id column)
${NETWORK_HELP}
Examples
  stellartrain dataset versions 7
  stellartrain dataset diff 7 train.csv
  stellartrain dataset diff 7 train.csv --from 3/train.csv
`
