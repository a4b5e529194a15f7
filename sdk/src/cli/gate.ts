/** `stellartrain gate`: a contract that admits solvers; deploy one, invite, and see what it asks. */

import { readFacts } from '../challenge/context.ts'
import { admits, deployGate, type Gate, inviteSolver, readGate } from '../challenge/gate.ts'
import type { StellarTrain } from '../system/client.ts'
import { counted } from '../system/counted.ts'
import { parseAddress, parseContract } from '../system/names.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { challengeNumber, parse, wholeNumber } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'

const OPTIONS = {
  ...NETWORK_OPTIONS,
  paid: { type: 'string' },
  records: { type: 'string' },
  owner: { type: 'string' },
  withdraw: { type: 'boolean' },
} as const

export const gate: Command = {
  async run(args, io) {
    const [what, ...rest] = args
    const { values, positionals } = parse(rest, OPTIONS, 2)
    const [where, who] = positionals
    if (what === 'deploy') return deploy(values, io)
    if (what === 'invite') return invite(where, who, values, io)
    if (what === 'show') return show(where, who, values, io)
    throw new UsageError('Say what to do: deploy, invite or show.')
  },
}

type Values = ReturnType<typeof parse<typeof OPTIONS>>['values']

async function deploy(values: Values, io: Io): Promise<number> {
  const paidSubmissions = values.paid === undefined ? undefined : wholeNumber('--paid', values.paid)
  if (paidSubmissions === undefined && values.records !== undefined)
    throw new UsageError('--records belongs to --paid N.')
  const { client, config, signer, options } = await connect(values, io)
  const records = values.records === undefined ? config.records : parseContract(values.records)
  if (paidSubmissions !== undefined && !records)
    throw new UsageError('This network names no records contract: give --records C….')
  const owner = values.owner === undefined ? signer().address : parseAddress(values.owner)
  const qualification = paidSubmissions !== undefined && records ? { records, paidSubmissions } : null
  const { readGateWasm } = await import('@stellartrain/contracts-client/wasm')
  const made = await deployGate(client, { owner, qualification, wasm: await readGateWasm() }, signer(), options)
  if (values.json) printJson(io, { ...made, owner, qualification })
  else {
    const there = made.createTx === null ? 'is there already' : `is deployed. Transaction ${made.createTx}`
    io.stdout(`The gate ${made.contract} ${there}\nName it in a plan: {"gate": "${made.contract}"}\n`)
  }
  return EXIT.ok
}

async function invite(where: string | undefined, who: string | undefined, values: Values, io: Io): Promise<number> {
  if (who === undefined) throw new UsageError('Name the gate or the challenge, and the solver.')
  const solver = parseAddress(who, 'the address of a solver')
  const { client, signer, options } = await connect(values, io)
  const address = await gateOf(client, where, options)
  const invited = !values.withdraw
  const { hash } = await inviteSolver(client, { gate: address, solver, invited }, signer(), options)
  if (values.json) printJson(io, { gate: address, solver, invited, hash })
  else io.stdout(`${invited ? 'Invited' : 'No longer invited:'} ${solver}. Transaction ${hash}\n`)
  return EXIT.ok
}

async function show(where: string | undefined, who: string | undefined, values: Values, io: Io): Promise<number> {
  const solver = who === undefined ? undefined : parseAddress(who, 'the address of a solver')
  const { client, options } = await connect(values, io)
  const address = await gateOf(client, where, options)
  const found = await readGate(client, address, options)
  if (!found)
    throw new UserError('not_found', `${address} is not a gate of this repository: what it asks is not known here.`)
  const admitted = solver === undefined ? undefined : await admits(client, found, solver, options)
  if (values.json) printJson(io, { ...found, ...(solver !== undefined && { solver, admitted }) })
  else
    io.stdout(
      `${gateText(found)}${solver === undefined ? '' : `${admitted ? 'Admits' : 'Does not admit'} ${solver} now.\n`}`,
    )
  return EXIT.ok
}

/** A contract, or the one that a challenge names. */
async function gateOf(client: StellarTrain, text: string | undefined, options: AbortOptions): Promise<string> {
  if (text === undefined) throw new UsageError('Name a gate C…, or a challenge such as 7.')
  if (text.startsWith('C')) return parseContract(text, 'the contract of a gate')
  const id = challengeNumber(text)
  const { challenge } = await readFacts(client, id, options)
  if (challenge.terms.gate) return challenge.terms.gate
  throw new UserError('not_found', `Challenge ${id} has no gate: everyone may submit.`)
}

function gateText({ address, owner, qualification, known }: Gate): string {
  const record = qualification
    ? `, and solvers who have ${counted(qualification.paidSubmissions, 'paid submission')} or more in the records contract ${qualification.records}`
    : ''
  const code = known ? '' : '  ! Its code is not the gate of this repository: what it says of itself may be false.\n'
  return `Gate ${address} admits solvers whom its owner ${owner} invited${record}.\n${code}`
}
