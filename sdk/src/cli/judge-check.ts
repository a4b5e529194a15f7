/** `stellartrain judge check`: whether a file that somebody shows is the submission, and what an oracle would say of it. */

import { toHex } from '@stellartrain/contracts-client'
import { round } from '@stellartrain/contracts-client/rules'
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import { ballotFlags, type Graded, gradeDisclosed } from '../judge/judge-grade.ts'
import { checkDisclosed, type Disclosed } from '../submit/disclose.ts'
import { counted } from '../system/counted.ts'
import { namedSubmission, submissionRef } from './args.ts'
import type { NetworkFlags } from './config.ts'
import { connect } from './connect.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { readInput, writeNew } from './read-write.ts'
import { readSalt, SALT_OPTIONS } from './truth-keys.ts'

export const CHECK_OPTIONS = {
  ...SALT_OPTIONS,
  nonce: { type: 'string' },
  out: { type: 'string' },
  truth: { type: 'string' },
} as const

export type CheckFlags = NetworkFlags & {
  [Name in keyof typeof CHECK_OPTIONS]?: string | undefined
} & { json?: boolean | undefined }

export async function check(
  text: string | undefined,
  file: string | undefined,
  values: CheckFlags,
  io: Io,
): Promise<number> {
  const name = submissionRef(text)
  if (file === undefined) throw new UsageError('Name the file that you were shown.')
  const bytes = readInput(file, io)
  const truth = values.truth === undefined ? undefined : readInput(values.truth, io)
  const { client, options } = await connect(values, io)
  const ref = await namedSubmission(client, name, options)
  const { nonce } = values
  const shown = nonce === undefined ? { disclosure: bytes } : { content: bytes, nonce }
  const found = await checkDisclosed(client, ref, shown, options)
  if (values.out) writeNew(values.out, found.content, io)
  const salt = truth && readSalt(values, toHex(found.context.challenge.terms.truth), io)
  const graded = truth && salt && (await gradeDisclosed(client, found, { truth, salt }, options))
  if (values.json) printJson(io, jsonOf(found, graded))
  else io.stdout(`${lines(found, graded, values.out).join('\n')}\n`)
  return EXIT.ok
}

function jsonOf({ context, content, ...found }: Disclosed, graded: Graded | undefined) {
  const ballot = graded && ballotFlags({ verdict: counts(graded.verdict, context) })
  return { ...found, bytes: content.length, graded: graded ? { ...graded, ballot } : null }
}

function lines(found: Disclosed, graded: Graded | undefined, out: string | undefined): string[] {
  const name = `${found.challenge}/${found.number}`
  return [
    `This is submission ${name}: the content matches the commitment ${found.commitment} that ${found.solver} made in the ledger.`,
    ...(out === undefined ? [] : [`Its content, ${counted(found.content.length, 'byte')}, is in ${out}.`]),
    ...(graded
      ? gradeLines(name, graded, found.context)
      : ['To grade it, give the maker’s truth: --truth FILE --kept FILE.']),
  ]
}

/** As the ledger takes it: rounded to the challenge's step, against the solver. */
function counts(verdict: Graded['verdict'], { terms }: Disclosed['context']): Graded['verdict'] {
  return verdict.status === 'scored' ? { ...verdict, score: round(verdict.score, terms) } : verdict
}

function gradeLines(name: string, { verdict, why, privateScore }: Graded, context: Disclosed['context']): string[] {
  const { terms } = context
  const shown = (score: bigint) => {
    const [counted, exact] = [scoreToDecimal(round(score, terms)), scoreToDecimal(score)]
    return counted === exact ? counted : `${counted} (${exact} before it is rounded)`
  }
  return [
    verdict.status === 'scored'
      ? `An honest oracle scores it ${shown(verdict.score)}${privateScore === null ? '' : `, and ${scoreToDecimal(privateScore)} on the private rows`}.`
      : `An honest oracle rejects it (${verdict.reason}). ${why}`,
    `The ballot for that: npx stellartrain judge rule ${name} ${ballotFlags({ verdict: counts(verdict, context) })} --reasons FILE`,
  ]
}
