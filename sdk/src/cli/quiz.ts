/** `stellartrain quiz`: the questions that decide who may label, as a file to fill in; and the answers. */

import { fileToFillIn } from '../labeling/filled-in.ts'
import { type Quiz, readQuiz, takeQuiz, waitWords } from '../labeling/quiz.ts'
import { counted, partOf } from '../system/counted.ts'
import { howLines } from './answer-words.ts'
import { challengeNumber, parse } from './args.ts'
import { columnWords } from './column-words.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { readInput, writeNew } from './read-write.ts'
import { sameSigner } from './secret.ts'

export const quiz: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, { ...NETWORK_OPTIONS, out: { type: 'string' } }, 2)
    const challenge = challengeNumber(positionals[0])
    const { client, signer, options } = await connect(values, io)
    const labeler = signer().address
    const same = sameSigner(values)
    const before = await readQuiz(client, { challenge, labeler }, options)
    const [, file] = positionals
    if (file === undefined || before.admitted) {
      if (values.json) printJson(io, before)
      else {
        const asked = before.rows.length
        if (values.out !== undefined && asked > 0) {
          writeNew(values.out, fileToFillIn(before), io)
          io.stdout(
            `${counted(asked, 'question')} ${asked === 1 ? 'is' : 'are'} in ${values.out}. Answer each of them there, in ${columnWords(before)}, then: npx stellartrain quiz ${challenge} ${values.out}${sameSigner(values)}\n`,
          )
        } else if (asked > 0) io.stdout(fileToFillIn(before))
        // Beside the questions themselves, so that a pipe has these alone.
        const say = values.out === undefined && asked > 0 ? io.stderr : io.stdout
        for (const line of asked > 0 ? howLines(before) : []) say(line)
        say(standingLine(before, same))
      }
      return EXIT.ok
    }
    const csv = readInput(file, io)
    const after = await takeQuiz(client, { challenge, try: before.try, csv }, { ...options, signer: signer() })
    if (values.json) printJson(io, after)
    else
      io.stdout(
        after.admitted ? standingLine(after, same) : `These answers were not enough. ${standingLine(after, same)}`,
      )
    return after.admitted ? EXIT.ok : EXIT.refused
  },
}

function standingLine(quiz: Quiz, same: string): string {
  const { challenge, admitted, passedAt, oracles, over, tries, minAccuracy } = quiz
  if (admitted)
    return `You passed at ${partOf(passedAt, oracles, 'oracle')} and can label: npx stellartrain tasks ${challenge}${same}\n`
  if (over)
    return `You have had ${tries === 1 ? 'the only try' : `all ${tries} tries`}, and cannot label in this challenge.\n`
  return `Try ${quiz.try} of ${tries}, ${waitWords(quiz)}: ${Math.round(minAccuracy * 100)} % have to be right.\n`
}
