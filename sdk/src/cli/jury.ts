/** `stellartrain jury`: a judge that is a contract; deploy one, see its votes, vote in it. */

import { readSubmissions } from '@stellartrain/contracts-client'
import { readFacts } from '../challenge/context.ts'
import { deployJury, type JurorVote, type Jury, readJurorVotes, readJury } from '../challenge/jury.ts'
import { namedFrom } from '../challenge/numbers.ts'
import type { StellarTrain } from '../system/client.ts'
import { partOf } from '../system/counted.ts'
import { parseAddress } from '../system/names.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { challengeNumber, parse, submissionRef } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { judge } from './judge.ts'
import { jurorLines } from './votes-text.ts'

type Shown = { number: number; solver: string; attempt: number; votes: JurorVote[] }

export const jury: Command = {
  async run(args, io) {
    const [what, ...rest] = args
    if (what === 'vote') return judge.run(['rule', ...rest], io)
    const { values, positionals } = parse(rest, { ...NETWORK_OPTIONS, juror: { type: 'string', multiple: true } })
    const connection = () => connect(values, io)
    const json = Boolean(values.json)
    if (what === 'deploy') {
      const jurors = (values.juror ?? []).map((one) => parseAddress(one, 'the address of a juror'))
      if (jurors.length === 0) throw new UsageError('Name the jurors: --juror G…, an odd number of times.')
      return deploy(await connection(), jurors, json, io)
    }
    if (what === 'show') return show(await connection(), positionals[0], json, io)
    throw new UsageError('Say what to do: deploy, show or vote.')
  },
}

type Connected = Awaited<ReturnType<typeof connect>>

async function deploy({ client, signer, options }: Connected, jurors: string[], json: boolean, io: Io) {
  const { readJuryWasm } = await import('@stellartrain/contracts-client/wasm')
  const made = await deployJury(client, { jurors, wasm: await readJuryWasm() }, signer(), options)
  if (json) printJson(io, { ...made, jurors })
  else {
    const there = made.createTx === null ? 'is there already' : `is deployed. Transaction ${made.createTx}`
    io.stdout(`The jury ${made.contract} ${there}\nName it in a plan: {"judge": {"address": "${made.contract}"}}\n`)
  }
  return EXIT.ok
}

async function show({ client, options }: Connected, text: string | undefined, json: boolean, io: Io) {
  if (text === undefined) throw new UsageError('Name a jury C…, a challenge such as 7, or a submission such as 7/3.')
  if (text.startsWith('C')) {
    const found = await juryNamed(client, parseAddress(text), options)
    if (json) printJson(io, found)
    else io.stdout(juryText(found))
    return EXIT.ok
  }
  const { challenge, only } = text.includes('/')
    ? { challenge: challengeNumber(text.split('/')[0]), only: submissionRef(text) }
    : { challenge: challengeNumber(text), only: undefined }
  const { state, terms } = await readFacts(client, challenge, options)
  if (!terms.judge) throw new UserError('not_the_judge', `Challenge ${challenge} has no judge.`)
  const found = await juryNamed(client, terms.judge.address, options)
  const named = await namedFrom(client, challenge, 1, state.submitted, options)
  const entries = await readSubmissions(client.chain, challenge, named, options)
  const wanted = named.flatMap(({ solver, attempt }, at) => {
    const { number } = entries[at] ?? { number: 0 }
    const mine =
      !only || ('number' in only ? only.number === number : only.solver === solver && only.attempt === attempt)
    return mine ? [{ number, solver, attempt }] : []
  })
  const shown = await Promise.all(
    wanted.map(async (one): Promise<Shown> => {
      return { ...one, votes: await readJurorVotes(client, found, { challenge, ...one }, options) }
    }),
  )
  const voted = shown.filter(({ votes }) => votes.length > 0)
  if (json) printJson(io, { challenge, jury: found, submissions: voted })
  else io.stdout(`${juryText(found)}${votesText(voted)}`)
  return EXIT.ok
}

async function juryNamed(client: StellarTrain, address: string, options: AbortOptions): Promise<Jury> {
  const found = await readJury(client, address, options)
  if (found) return found
  throw new UserError('not_found', `The judge ${address} is not a jury.`)
}

function juryText({ address, jurors, majority, stellartrain, known }: Jury): string {
  const code = known ? '' : '  ! Its code is not the jury of this repository: what it says of itself may be false.\n'
  return `Jury ${address}: ${partOf(majority, jurors.length, 'juror', { verb: ['rules', 'rule'] })}, in challenges of ${stellartrain}\n${code}${jurors.map((juror) => `  ${juror}\n`).join('')}`
}

function votesText(shown: readonly Shown[]): string {
  if (shown.length === 0) return 'No juror has voted yet.\n'
  return shown.map(({ number, solver, votes }) => `Submission ${number} by ${solver}\n${jurorLines(votes)}`).join('')
}
