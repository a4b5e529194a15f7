/** The stellartrain command: finds the subcommand, loads only that, and turns what goes wrong into a sentence and a code. */
import { type Command, EXIT, type Io, UsageError } from './io.ts'

/** Each is loaded when it is used: `grade` must not wait for anything of Stellar. */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  challenges: { summary: 'list challenges', load: async () => (await import('./challenges.ts')).challenges },
  status: {
    summary: 'show a challenge, or the path of a submission',
    load: async () => (await import('./status.ts')).status,
  },
  submit: { summary: 'check, seal and submit a file', load: async () => (await import('./submit.ts')).submit },
  verify: {
    summary: 'recompute a score and its payment from public data',
    load: async () => (await import('./verify.ts')).verify,
  },
  grade: { summary: 'grade local files as an oracle would', load: async () => (await import('./grade.ts')).grade },
  create: { summary: 'create and fund a challenge', load: async () => (await import('./create.ts')).create },
  release: {
    summary: 'send what a submission is still owed',
    load: async () => (await import('./release.ts')).release,
  },
  tasks: {
    summary: 'show the items of your next batch of labels',
    load: async () => (await import('./tasks.ts')).tasks,
  },
  claim: { summary: 'send a labeler what it earned', load: async () => (await import('./claim.ts')).claim },
  earnings: {
    summary: 'show, or post as an oracle, what labelers have earned',
    load: async () => (await import('./earnings.ts')).earnings,
  },
  record: {
    summary: "show a solver's record, or fold a submission into it",
    load: async () => (await import('./record.ts')).record,
  },
  badge: { summary: 'take or show a badge', load: async () => (await import('./badge.ts')).badge },
  topup: {
    summary: "add to a challenge's prize or fees",
    load: async () => (await import('./topup.ts')).topup,
  },
  cancel: {
    summary: 'take a challenge back before it starts',
    load: async () => (await import('./maintain.ts')).cancel,
  },
  close: { summary: 'send the maker what is left', load: async () => (await import('./maintain.ts')).close },
  reveal: { summary: 'open the truth of your challenge', load: async () => (await import('./reveal.ts')).reveal },
  account: { summary: 'show, make or fund an account', load: async () => (await import('./account.ts')).account },
}

const HELP = `Usage: stellartrain COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n')}

stellartrain COMMAND --help says more. Where a system runs is read from the nearest .stellartrain/config.json (a
running \`npm start\` writes it; STELLARTRAIN_HOME names another folder) and can be set one by one:

  RPC_URL             Stellar RPC
  NETWORK_PASSPHRASE  of the network
  CONTRACT_ADDRESS    C…
  RECORDS_CONTRACT_ADDRESS  C… of solvers' records and badges (optional)
  API_URL             the indexer's API
  IPFS_URL            an IPFS node that takes uploads
  STELLARTRAIN_SECRET the signing key, S…  (or --secret-file FILE, or --as NAME for a demo account of a local network)

Exit codes: 0 done · 1 refused or failed · 2 wrong use or setting · 3 a service does not answer, try later ·
4 verify: nothing wrong, but not every check can be made yet · 130 interrupted.
`

/** Runs a command line; returns the exit code. Never throws. */
export async function main(argv: readonly string[], given?: Io): Promise<number> {
  const [name, ...rest] = argv
  if (name === 'grade' && !given) return (await import('@stellartrain/oracle-grade/cli')).runGrade(rest)
  const io = given ?? (await import('./node-io.ts')).nodeIo()
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = name === 'help' ? COMMANDS[rest[0] ?? ''] : undefined
    io.stdout(asked ? (await asked.load()).help : HELP)
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!known) {
    io.stderr(`There is no command ${name}.\n\n${HELP}`)
    return EXIT.usage
  }
  const command = await known.load()
  try {
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout(command.help)
      return EXIT.ok
    }
    return await command.run(rest, io)
  } catch (error) {
    return explain(error, command, rest.includes('--json'), io)
  }
}

async function explain(error: unknown, command: Command, json: boolean, io: Io): Promise<number> {
  if (io.signal.aborted) {
    io.stderr('Interrupted. What was signed is on its way all the same; the same command goes on from there.\n')
    return EXIT.interrupted
  }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UsageError) {
    io.stderr(`${message}\n\n${command.help}`)
    return EXIT.usage
  }
  const { code, retryable, detail, problems } = error as {
    code?: string | number
    retryable?: boolean
    detail?: string
    problems?: readonly { path: string; message: string }[]
  }
  if (json) {
    const { printJson } = await import('./io.ts')
    printJson(io, { error: { code: code ?? 'unexpected', message, retryable: retryable ?? false } })
  }
  io.stderr(`${message}\n`)
  for (const problem of problems ?? []) if ('path' in problem) io.stderr(`  ${problem.path}: ${problem.message}\n`)
  if (code === undefined) {
    io.stderr(`This was not expected; please report it.\n${error instanceof Error ? error.stack : ''}\n`)
  } else if (detail && io.env.LOG_LEVEL === 'debug') {
    io.stderr(`${detail}\n`)
  }
  if (code === 'bad_config') return EXIT.usage
  return retryable ? EXIT.unreachable : EXIT.refused
}
