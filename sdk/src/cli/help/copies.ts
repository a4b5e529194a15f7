import { NETWORK_HELP } from './common.ts'

export const help = `Compare the opened submissions of a challenge, and list those of different solvers that resemble each other.

Usage: stellartrain copies CHALLENGE [options]

What everyone gets right says nothing, so the errors are compared: how far two files give the same wrong labels beyond
chance, or the rank correlation of what they are off by. This decides nothing: two honest models can come near each other.
Files of one solver are not compared, and nothing is said of two that have fewer than ten wrong labels between them (seven, if
both give exactly the same ones), or of texts and lists fewer than ten cells that are not empty. It works after the end, once
oracles have opened truth and submissions.

Options
  --with CHALLENGE         compare with the submissions of this challenge instead, on the ids that both have (at least 30);
                           both ask for the same columns
${NETWORK_HELP}
Examples
  stellartrain copies 7
  stellartrain copies 7 --with 9
  stellartrain copies 7 --json
`
