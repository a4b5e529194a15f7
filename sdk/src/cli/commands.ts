/** Every command, in the order and groups in which the help lists them. Each is loaded when it is used. */
import type { Command } from './io.ts'

type Entry = {
  summary: string
  /** Nothing of the command itself is loaded for its help. */
  help: () => Promise<string>
  load: () => Promise<Command>
}

type Help = Promise<{ help: string }>
const textOf = async (module: Help): Promise<string> => (await module).help

export const GROUPS: readonly { title: string; commands: Readonly<Record<string, Entry>> }[] = [
  {
    title: 'Look around',
    commands: {
      challenges: {
        summary: 'list challenges',
        help: () => textOf(import('./help/challenges.ts')),
        load: async () => (await import('./challenges.ts')).challenges,
      },
      status: {
        summary: 'show a challenge, or follow a submission',
        help: () => textOf(import('./help/status.ts')),
        load: async () => (await import('./status.ts')).status,
      },
      files: {
        summary: "list a challenge's data, opened truth and submissions",
        help: () => textOf(import('./help/files.ts')),
        load: async () => (await import('./files.ts')).files,
      },
      download: {
        summary: 'download them, each checked against its CID',
        help: () => textOf(import('./help/download.ts')),
        load: async () => (await import('./download.ts')).download,
      },
      dataset: {
        summary: 'list the versions of the data, and compare them',
        help: () => textOf(import('./help/dataset.ts')),
        load: async () => (await import('./dataset.ts')).dataset,
      },
      mcp: {
        summary: 'offer the index to a language model, as tools',
        help: () => textOf(import('./help/mcp.ts')),
        load: async () => (await import('./mcp.ts')).mcp,
      },
    },
  },
  {
    title: 'Solve and label',
    commands: {
      tasks: {
        summary: 'get the items of your next batch',
        help: () => textOf(import('./help/tasks.ts')),
        load: async () => (await import('./tasks.ts')).tasks,
      },
      quiz: {
        summary: 'take the quiz that decides who may label',
        help: () => textOf(import('./help/quiz.ts')),
        load: async () => (await import('./quiz.ts')).quiz,
      },
      submit: {
        summary: 'check, seal and submit a file',
        help: () => textOf(import('./help/submit.ts')),
        load: async () => (await import('./submit.ts')).submit,
      },
      appeal: {
        summary: 'have the judge that grades score your submission',
        help: () => textOf(import('./help/appeal.ts')),
        load: async () => (await import('./appeal.ts')).appeal,
      },
      disclose: {
        summary: 'show a judge what you submitted',
        help: () => textOf(import('./help/disclose.ts')),
        load: async () => (await import('./disclose.ts')).disclose,
      },
      release: {
        summary: 'send what a submission is still owed',
        help: () => textOf(import('./help/release.ts')),
        load: async () => (await import('./release.ts')).release,
      },
      claim: {
        summary: 'send a labeler its earnings',
        help: () => textOf(import('./help/claim.ts')),
        load: async () => (await import('./claim.ts')).claim,
      },
      record: {
        summary: "show a solver's record, or add a submission to it",
        help: () => textOf(import('./help/record.ts')),
        load: async () => (await import('./record.ts')).record,
      },
      badge: {
        summary: 'mint or show a badge',
        help: () => textOf(import('./help/badge.ts')),
        load: async () => (await import('./badge.ts')).badge,
      },
    },
  },
  {
    title: 'Verify',
    commands: {
      verify: {
        summary: 'recompute a score and its payment from public data',
        help: () => textOf(import('./help/verify.ts')),
        load: async () => (await import('./verify.ts')).verify,
      },
      grade: {
        summary: 'grade local files as an oracle does',
        help: () => textOf(import('./help/grade.ts')),
        load: async () => (await import('./grade.ts')).grade,
      },
      copies: {
        summary: 'list opened submissions that resemble each other, also between challenges',
        help: () => textOf(import('./help/copies.ts')),
        load: async () => (await import('./copies.ts')).copies,
      },
    },
  },
  {
    title: 'Make challenges',
    commands: {
      labels: {
        summary: 'have items labeled, export the labels; appeals',
        help: () => textOf(import('./help/labels.ts')),
        load: async () => (await import('./labels.ts')).labels,
      },
      create: {
        summary: 'create and fund a challenge',
        help: () => textOf(import('./help/create.ts')),
        load: async () => (await import('./create.ts')).create,
      },
      topup: {
        summary: 'add to the prize or the fees',
        help: () => textOf(import('./help/topup.ts')),
        load: async () => (await import('./topup.ts')).topup,
      },
      cancel: {
        summary: 'take the money back before it starts',
        help: () => textOf(import('./help/cancel.ts')),
        load: async () => (await import('./maintain.ts')).cancel,
      },
      reveal: {
        summary: 'open the truth after the end',
        help: () => textOf(import('./help/reveal.ts')),
        load: async () => (await import('./reveal.ts')).reveal,
      },
      close: {
        summary: 'send the maker what is left',
        help: () => textOf(import('./help/close.ts')),
        load: async () => (await import('./maintain.ts')).close,
      },
    },
  },
  {
    title: 'Operate',
    commands: {
      judge: {
        summary: 'decide, as the judge, what the oracles left undecided',
        help: () => textOf(import('./help/judge.ts')),
        load: async () => (await import('./judge.ts')).judge,
      },
      jury: {
        summary: 'deploy or show a jury; vote in one',
        help: () => textOf(import('./help/jury.ts')),
        load: async () => (await import('./jury.ts')).jury,
      },
      recount: {
        summary: 'have a contract grade what the oracles leave: deploy, rules, truth',
        help: () => textOf(import('./help/recount.ts')),
        load: async () => (await import('./recount.ts')).recount,
      },
      gate: {
        summary: 'deploy or show a gate; invite solvers',
        help: () => textOf(import('./help/gate.ts')),
        load: async () => (await import('./gate.ts')).gate,
      },
      settle: {
        summary: 'conclude and pay submissions that have a verdict',
        help: () => textOf(import('./help/settle.ts')),
        load: async () => (await import('./settle.ts')).settle,
      },
      earnings: {
        summary: 'show or post what labelers have earned',
        help: () => textOf(import('./help/earnings.ts')),
        load: async () => (await import('./earnings.ts')).earnings,
      },
      withdraw: {
        summary: 'send an oracle its fees',
        help: () => textOf(import('./help/withdraw.ts')),
        load: async () => (await import('./withdraw.ts')).withdraw,
      },
      extend: {
        summary: "extend the lifetime of a challenge's entries",
        help: () => textOf(import('./help/extend.ts')),
        load: async () => (await import('./extend.ts')).extend,
      },
      account: {
        summary: 'show, create or fund an account',
        help: () => textOf(import('./help/account.ts')),
        load: async () => (await import('./account.ts')).account,
      },
    },
  },
]

export const COMMANDS: Readonly<Record<string, Entry>> = Object.assign({}, ...GROUPS.map(({ commands }) => commands))

export const HELP = `Challenges with prizes on Stellar: create them, solve them, and check every score.

Usage: stellartrain COMMAND [options]
       stellartrain COMMAND --help

${GROUPS.map(
  ({ title, commands }) =>
    `${title}\n${Object.entries(commands)
      .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
      .join('\n')}`,
).join('\n\n')}

Examples
  stellartrain challenges --phase open
  stellartrain download 7 --out data
  stellartrain submit 7 predictions.csv --wait
  stellartrain verify 7/3
  stellartrain create --example bounty > plan.json

Settings
  A running \`npm start\` writes .stellartrain/config.json, which is found from any folder below it. STELLARTRAIN_HOME
  names another folder. These variables override the file:

  RPC_URL                   Stellar RPC
  NETWORK_PASSPHRASE        passphrase of the network
  CONTRACT_ADDRESS          StellarTrain's contract, C…
  RECORDS_CONTRACT_ADDRESS  the contract of records and badges, C… (optional)
  RECOUNT_CONTRACT_ADDRESS  the judge that grades, C…, for plans that say "judge": "recount" (optional)
  API_URL                   the indexer's API
  IPFS_URL                  an IPFS node that takes uploads
  STELLARTRAIN_SECRET       signing key, S… (or --secret-file FILE; on a local network --as NAME)

Options
  --json       print one JSON object on stdout, errors included
  --help, -h   show help
  --version, -v  show the version

Exit codes
  0 done   1 refused or failed   2 usage or configuration error   3 a service does not answer; try again later
  4 verify: nothing is wrong, but a check is open   130 interrupted
`
