/** What the helps of several commands say: options of a network, of a signer, of a salt, and the file of amounts. */

export const NETWORK_HELP = `  --config FILE       read another config.json
  --json              print one JSON object; progress goes to stderr
`

export const SIGNER_HELP = `  --secret-file FILE  file with the signing key S… (default: STELLARTRAIN_SECRET)
  --as NAME           sign as a demo account of the local network; the beginning of its name is enough
`

export const SALT_HELP = `  --kept FILE         the salt, in the file that \`create --keep\` wrote; or
  --salt HEX          64 hexadecimal digits. Neither is needed on the machine that created the challenge
`

export const AMOUNTS_HELP = `The file is a CSV with the columns labeler and cumulative: an address, and all that it has earned in this challenge so
far, as a decimal amount of the challenge's asset. It lists everyone who has ever earned anything, each once.
`
