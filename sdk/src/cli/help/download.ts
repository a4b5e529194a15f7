import { NETWORK_HELP } from './common.ts'

export const help = `Download a challenge's data sets, and after the end the opened truth and submissions.

Usage: stellartrain download CHALLENGE [NAME]... [options]

Without a name it downloads the data sets. Each block is checked against its CID, each data set also against its SHA-256.
A submission is the file with the content hash that its verdict recorded, whoever opened others under its number.
A file appears under its name only when it is complete; a second run keeps the files that are correct and fetches the rest.
An existing file with other content is never replaced without --force.

Options
  --out FOLDER        where to put the files (default: challenge-N)
  --all               also the opened truth and submissions
  --force             replace files of the same name
${NETWORK_HELP}
Examples
  stellartrain download 7
  stellartrain download 7 train.csv test.csv --out data
  stellartrain download 7 --all
`
