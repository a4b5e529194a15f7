import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Take the quiz of a challenge that asks labelers for one.

Usage: stellartrain quiz CHALLENGE [options]           the questions of your next try, and how you stand
       stellartrain quiz CHALLENGE FILE [options]      answer them: that file, filled in

Your key signs the answers, which is not a transaction and costs nothing. Each oracle judges them for itself, and shows nothing
but whether they were enough. Once a majority has signed that you passed, \`tasks\` gives you items. After a try that was not
enough you wait before the next one.

Options
  --out FILE          write the questions there; an existing file is not replaced
${SIGNER_HELP}${NETWORK_HELP}
Examples
  stellartrain quiz 7 --out quiz.csv --secret-file labeler.key
  stellartrain quiz 7 quiz.csv --secret-file labeler.key
`
