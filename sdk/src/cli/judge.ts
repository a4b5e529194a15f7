/** `stellartrain judge`: what waits for the judge, its ballots, and its ranking. */

import { counted as countedVerdict } from '@stellartrain/contracts-client/rules'
import { scoreFromDecimal } from '@stellartrain/contracts-client/units'
import { columnValues } from '../challenge/csv.ts'
import {
  type Ballot,
  type JudgedRow,
  type Judging,
  rankAsJudge,
  readUndecided,
  ruleSubmissions,
  type Undecided,
  undecidedNumber,
} from '../judge/judge.ts'
import { numbered } from '../story/words.ts'
import { counted, partOf } from '../system/counted.ts'
import { parseAddress } from '../system/names.ts'
import { challengeNumber, parse, submissionRef, wholeNumber } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { CHECK_OPTIONS, check } from './judge-check.ts'
import { readInput } from './read-write.ts'
import { time } from './show.ts'
import { jurorLines, verdictText } from './votes-text.ts'

const OPTIONS = {
  ...NETWORK_OPTIONS,
  ...CHECK_OPTIONS,
  reasons: { type: 'string' },
  file: { type: 'string' },
  like: { type: 'string' },
  reject: { type: 'string' },
  score: { type: 'string' },
  hash: { type: 'string' },
  units: { type: 'string' },
} as const

type Values = { [Name in keyof typeof OPTIONS]?: string | boolean | undefined }

export const judge: Command = {
  async run(args, io) {
    const checks = args[0] === 'check'
    const { values, positionals } = parse(args, OPTIONS, checks ? 3 : 2)
    const [first, second, third] = positionals
    if (first === 'check') return check(second, third, values, io)
    if (first === 'rule') return rule(second, values, io)
    if (first === 'rank') return rank(second, values, io)
    const challenge = challengeNumber(first)
    const { client, options } = await connect(values, io)
    const judging = await readUndecided(client, challenge, options)
    const { undecided, ranking } = judging
    if (values.json) printJson(io, { challenge, jury: judging.jury, undecided, ranking })
    else io.stdout(waiting(challenge, judging))
    return EXIT.ok
  },
}

function waiting(challenge: number, { facts, jury, undecided, ranking }: Judging): string {
  const { judge } = facts.terms
  const until = judge ? time(judge.by) : ''
  const submissions =
    undecided.length > 0
      ? `Submissions, to be ruled on before ${until}${jury ? ` by ${partOf(jury.majority, jury.jurors.length, 'juror')}` : ''}:\n${undecided.map(lines).join('')}`
      : ''
  return (
    submissions + rankingLine(challenge, ranking, judge) || `Nothing of challenge ${challenge} waits for the judge.\n`
  )
}

function rankingLine(
  challenge: number,
  ranking: Judging['ranking'],
  judge: Judging['facts']['terms']['judge'],
): string {
  if (!ranking) return ''
  const before = time(ranking.before)
  const command = `\`judge rank ${challenge} --file CSV --reasons FILE\`, before ${before}`
  if (ranking.posted) return `The judge ranked; a later ranking replaces that one: ${command}.\n`
  // The command signs for an account only; what another contract than a jury can do, nobody knows here.
  return judge?.address.startsWith('C')
    ? `The ranking is undecided, and the judge is a contract: a jury cannot rank. Without a ranking before ${before} the running table pays.\n`
    : `The ranking is undecided: ${command}. Without one the running table pays.\n`
}

function lines({ number, solver, attempt, submission, among, jurors }: Undecided): string {
  const votes = submission.votes.cast.flatMap((verdict, place) =>
    verdict ? `    oracle ${place + 1}: ${verdictText(verdict)}\n` : [],
  )
  const free = among.length > 0 ? 'the ballot is one of these votes' : 'the judge is free'
  return `  ${number}  ${solver}, attempt ${attempt}: ${free}\n${votes.join('')}${jurorLines(jurors)}`
}

async function rule(text: string | undefined, values: Values, io: Io): Promise<number> {
  const name = submissionRef(text)
  if (!('number' in name)) throw new UsageError('Name the submission by its number, e.g. 7/3.')
  const ballot = ballotOf(values)
  const reasons = reasonsOf(values, io)
  const { client, signer, options } = await connect(values as { config?: string }, io)
  const { challenge, number } = name
  const judging = await readUndecided(client, challenge, options)
  const of = undecidedNumber(judging, number)
  const verdict = ballot(of)
  const ruled = await ruleSubmissions(client, { challenge, ballots: [{ number, verdict }], reasons }, signer(), options)
  if (values.json) printJson(io, { challenge, ...ruled })
  else {
    const what = ruled.decided.length > 0 ? 'Ruled on' : 'Your vote is cast; the jury has no majority yet on'
    io.stdout(
      `${what} ${numbered(ruled.numbers)}: ${verdictText(countedVerdict(verdict, judging.facts.terms, of.submission.units) ?? verdict)}. Transaction ${ruled.hash}\n`,
    )
  }
  return EXIT.ok
}

type Verdict = Ballot['verdict']

function ballotOf({ like, reject, score, hash, units }: Values): (of: Undecided) => Verdict {
  if ([like, reject, score].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Give one ballot: --like G…, --reject CODE, or --score S with --hash H.')
  if (like !== undefined) {
    const oracle = parseAddress(String(like))
    return (of) => {
      const vote = of.votes.find((one) => one.oracle === oracle)
      if (vote && vote.verdict.status !== 'unavailable') return vote.verdict
      throw new UsageError(`${oracle} did not grade this submission.`)
    }
  }
  if (reject !== undefined) {
    const reason = wholeNumber('--reject', String(reject), { to: 255 })
    return () => ({ status: 'rejected', reason })
  }
  if (!/^[0-9a-f]{64}$/i.test(String(hash ?? ''))) throw new UsageError('--hash is 64 hexadecimal digits.')
  const content = String(hash).toLowerCase()
  const accepted = units === undefined ? 0 : wholeNumber('--units', String(units), { from: 0 })
  const value = scoreOf('--score', String(score))
  return () => ({ status: 'scored', score: value, content, units: accepted })
}

function scoreOf(name: string, text: string): bigint {
  try {
    return scoreFromDecimal(text)
  } catch (cause) {
    throw new UsageError(`${name} is a decimal number with at most seven places, not "${text}".`, { cause })
  }
}

async function rank(text: string | undefined, values: Values, io: Io): Promise<number> {
  const challenge = challengeNumber(text)
  if (values.file === undefined) throw new UsageError('Name the ranking: --file CSV.')
  const rows = rowsIn(String(values.file), io)
  const reasons = reasonsOf(values, io)
  const { client, signer, options } = await connect(values as { config?: string }, io)
  const posted = await rankAsJudge(client, { challenge, rows, reasons }, signer(), options)
  if (values.json) printJson(io, { challenge, rows: rows.length, ...posted })
  else
    io.stdout(
      `Ranked ${counted(rows.length, 'place')}; the last ranking counts at the end. Transaction ${posted.hash}\n`,
    )
  return EXIT.ok
}

function rowsIn(file: string, io: Io): JudgedRow[] {
  const bytes = readInput(file, io)
  const [solvers, attempts, scores] = ['solver', 'attempt', 'score'].map((column) => columnValues(bytes, column))
  if (!solvers || !attempts || !scores)
    throw new UsageError(`${file} is not a CSV with the columns solver, attempt and score.`)
  return solvers.map((solver, at) => ({
    solver: parseAddress(solver),
    attempt: wholeNumber(`${file}, line ${at + 2}: the attempt`, attempts[at] ?? ''),
    score: scoreOf(`${file}, line ${at + 2}: the score`, scores[at] ?? ''),
  }))
}

function reasonsOf({ reasons }: Values, io: Io): Uint8Array<ArrayBuffer> {
  if (reasons === undefined) throw new UsageError('Name the file with your reasons: --reasons FILE.')
  return readInput(String(reasons), io)
}
