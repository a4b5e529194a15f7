/** `stellartrain recount`: the judge that grades; deploy it, fix a challenge's rules, open a truth to it. */
import { toHex } from '@stellartrain/contracts-client'
import { readFacts } from '../challenge/context.ts'
import { configureRecount, deployRecount, openTruthForRecount } from '../judge/recount.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { readSalt, SALT_OPTIONS } from './truth-keys.ts'

export const recount: Command = {
  async run(args, io) {
    const [what, ...rest] = args
    const { values, positionals } = parse(rest, { ...NETWORK_OPTIONS, truth: { type: 'string' }, ...SALT_OPTIONS })
    if (what === 'deploy') {
      const { client, signer, options } = await connect(values, io)
      const { readRecountWasm } = await import('@stellartrain/contracts-client/wasm')
      const made = await deployRecount(client, await readRecountWasm(), signer(), options)
      if (values.json) printJson(io, made)
      else {
        const there = made.createTx === null ? 'is there already' : `is deployed. Transaction ${made.createTx}`
        io.stdout(
          `The judge ${made.contract} ${there}\nName it in a plan: {"judge": {"address": "${made.contract}"}}\n`,
        )
      }
      return EXIT.ok
    }
    if (what !== 'configure' && what !== 'truth') throw new UsageError('Say what to do: deploy, configure or truth.')
    const challenge = challengeNumber(positionals[0])
    const truth = values.truth === undefined ? undefined : readInput(values.truth, io)
    const { client, signer, options } = await connect(values, io)
    if (what === 'configure') {
      const { hash, ledger } = await configureRecount(client, { challenge, truth }, signer(), options)
      if (values.json) printJson(io, { challenge, hash, ledger })
      else io.stdout(`Challenge ${challenge} can be recounted: its rules are fixed. Transaction ${hash}\n`)
      return EXIT.ok
    }
    if (!truth) throw new UsageError('Name the truth: --truth FILE.')
    const { challenge: frozen } = await readFacts(client, challenge, options)
    const salt = readSalt(values, toHex(frozen.terms.truth), io)
    const onChunk = (open: number, of: number) => io.stderr(`Opened chunk ${open} of ${of}\n`)
    const { chunks } = await openTruthForRecount(client, { challenge, truth, salt }, signer(), { ...options, onChunk })
    if (values.json) printJson(io, { challenge, chunks })
    else io.stdout(`The truth of challenge ${challenge} is open on the ledger: solvers may appeal.\n`)
    return EXIT.ok
  },
}
