/** `stellartrain recount`: the judge that grades; deploy it, fix a challenge's rules, open a truth to it. */
import { toHex } from '@stellartrain/contracts-client'
import { readFacts } from '../challenge/context.ts'
import { configureRecount, deployRecount, openTruthForRecount } from '../judge/recount.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { SIGNER_HELP } from './secret.ts'
import { readSalt, SALT_HELP, SALT_OPTIONS } from './truth-keys.ts'

const help = `A judge that grades: a contract that computes the score of what the oracles left undecided, from opened truth and opened work.

Usage: stellartrain recount deploy                           deploy one for this system; you pay; no one owns it
       stellartrain recount configure CHALLENGE [--truth CSV]   as the maker, before anyone submits: fix how work is scored
       stellartrain recount truth CHALLENGE --truth CSV      open the truth, between grade_by and judge_by; it is public then

A plan names it as {"judge": "recount"}, or by its address where a system has none of its own; \`create\` fixes its rules by the
manifest, for good, or says why the challenge cannot be recounted, and \`configure\` does what a broken-off \`create\` left. An
oracle that accepted opens the truth by itself; any oracle and the maker can, too. Each solver opens its own work with
\`stellartrain appeal\`. \`truth\` sends one transaction for each 64 KiB and resumes where it was, if it was broken off.

Options
  --truth FILE        the truth CSV; \`configure\` needs it for roc_auc alone
${SALT_HELP}${SIGNER_HELP}${NETWORK_HELP}`

export const recount: Command = {
  help,
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
