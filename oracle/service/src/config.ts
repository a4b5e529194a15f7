/** The oracle's options; read by main.ts from the environment. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { isAccount, isContract, isSecretKey } from '@stellartrain/ipfs-content/strkey'
import { LANGUAGES, type Language } from '@stellartrain/oracle-grade/evaluator'
import { MODEL_FORMATS, type ModelFormat } from '@stellartrain/oracle-grade/formats'
import {
  amount,
  type ConfigOf,
  checked,
  commonOptions,
  defaulted,
  httpUrl,
  list,
  oneOf,
  optional,
  readOptions,
  required,
  text,
  whole,
} from '@stellartrain/service/config'
import { REQUIREMENTS } from './grading/requirement.ts'

const contract = checked(isContract, 'must be a contract address, C…')
const secretKey = checked(isSecretKey, 'must be a secret key, S…')
const account = checked(isAccount, 'must be an account, G…')
const yesNo = oneOf(['yes', 'no'])
const formats = list(oneOf(MODEL_FORMATS), { max: MODEL_FORMATS.length })
const languages = list(oneOf(LANGUAGES), { max: LANGUAGES.length })
/** `yes` is from a time when there was one kind. */
const kinds = <T extends string>(value: string, read: (value: string) => readonly T[]): readonly (T | 'wasm')[] =>
  value === 'no' ? [] : value === 'yes' ? ['wasm'] : [...new Set(read(value))]
const modelFormats = (value: string): readonly ModelFormat[] => kinds(value, formats)
const evaluatorLanguages = (value: string): readonly Language[] => kinds(value, languages)
const lineOf = (most: number) =>
  checked((value) => value.length <= most && /^\P{Cc}+$/u.test(value), `must be one line of at most ${most} characters`)
const name = lineOf(80)
const description = lineOf(500)
const workers = Math.max(1, Math.min(4, availableParallelism() - 1))

const HOME = '.stellartrain/oracle'
export const DEFAULT_STORE_BYTES = 10 * 1024 ** 3

export const OPTIONS = {
  rpcUrl: required('RPC_URL', httpUrl, 'the Stellar RPC'),
  networkPassphrase: required('NETWORK_PASSPHRASE', text, 'the passphrase of the network'),
  contract: required('CONTRACT_ADDRESS', contract, 'the StellarTrain contract, C…'),
  secretKey: required(
    'ORACLE_SECRET_KEY',
    secretKey,
    "the oracle's signing key, S…; pays its transactions, and its encryption keys are derived from it",
    { aliases: ['ADMIN_PRIVATE_KEY'], secret: true },
  ),
  ipfsUrls: required(
    'IPFS_URL',
    list(httpUrl, { max: 8 }),
    'IPFS services, separated by commas: files are read from them in this order, documents are uploaded to each',
  ),
  publicUrl: optional(
    'ORACLE_PUBLIC_URL',
    httpUrl,
    'the URL to register on-chain; a new one registers a new key version',
    {
      shown: 'the address it listens on',
    },
  ),
  ...commonOptions(4100),
  home: defaulted(
    'ORACLE_HOME',
    (value) => resolve(value),
    resolve(HOME),
    'the folder of the sealed files kept for the other oracles and of the leases it signed; without it leases wait until they have ended, nothing else is lost',
    { shown: HOME },
  ),
  storeBytes: defaulted('ORACLE_STORE_BYTES', whole(0, 2 ** 43), DEFAULT_STORE_BYTES, 'the most that is kept there', {
    shown: '10 GiB',
  }),
  proxies: defaulted('PROXIES', whole(0, 10), 0, 'how many proxies of yours add to X-Forwarded-For in front of it'),
  feeMin: defaulted(
    'ORACLE_FEE_MIN',
    amount("must be a whole number in the token's smallest unit"),
    0n,
    "the lowest fee per submission that it accepts, in the token's smallest unit",
  ),
  earnings: defaulted(
    'ORACLE_EARNINGS',
    (value) => yesNo(value) === 'yes',
    false,
    'whether it accepts challenges that pay by `Earnings` without items to label: `yes` where you will post the amounts by hand',
    { shown: 'no' },
  ),
  evaluators: defaulted(
    'ORACLE_EVALUATORS',
    evaluatorLanguages,
    [],
    'the evaluators of makers that it accepts challenges for, and runs: `wasm`, `python` (for which a grading process takes up to 500 MB), `wasm,python` or `no`; `yes` is `wasm`',
    { shown: 'no' },
  ),
  models: defaulted(
    'ORACLE_MODELS',
    modelFormats,
    [],
    'the models of solvers that it accepts challenges for, and runs: `wasm`, `onnx`, `wasm,onnx` or `no`; `yes` is `wasm`',
    { shown: 'no' },
  ),
  sponsorSecretKey: optional(
    'ORACLE_SPONSOR_SECRET_KEY',
    secretKey,
    'the key of an account that pays network fees of labelers, S…: of its own, for what it holds is all that can be spent',
    { secret: true },
  ),
  sponsorMakers: defaulted(
    'ORACLE_SPONSOR_MAKERS',
    list(account, { max: 100 }),
    [],
    'makers, G…, separated by commas, in whose challenges it pays, for labelers whom a gate or a quiz admitted',
    { shown: 'none' },
  ),
  sponsorDailyXlm: defaulted(
    'ORACLE_SPONSOR_DAILY_XLM',
    whole(1, 1_000_000),
    10,
    'the most that it pays in a day, in XLM; for one challenge half of it, for one account a tenth',
  ),
  name: optional('ORACLE_NAME', name, 'its name, in its metadata; a new one is registered by `rotate-key`', {
    shown: 'the host of its URL',
  }),
  website: optional('ORACLE_WEBSITE', httpUrl, 'its website, in its metadata', { shown: 'its URL' }),
  description: optional('ORACLE_DESCRIPTION', description, 'who runs it, in its metadata'),
  workers: defaulted('WORKERS', whole(1, 64), workers, 'grading processes', { shown: 'cores − 1, 1 to 4' }),
  workerMemoryMb: defaulted('WORKER_MEMORY_MB', whole(64, 65_536), 1024, 'memory of a grading process, in MB'),
  workerSeconds: defaulted('WORKER_SECONDS', whole(1, 3600), 120, 'time limit of one grading, in seconds'),
  isolation: defaulted(
    'REQUIRE_ISOLATION',
    oneOf(REQUIREMENTS),
    'none',
    'the isolation of grading processes without which nothing is graded: `none`, `permissions`, `namespaces`',
  ),
  indexerUrl: optional(
    'INDEXER_URL',
    httpUrl,
    'an indexer to ask for submissions whose events the RPC has dropped; the contract confirms each',
  ),
} as const

/** `publicUrl`: what is registered on-chain. `feeMin`: in the challenge's token. `ipfsUrls`: in order of preference. */
export type Config = ConfigOf<typeof OPTIONS>

/** @throws ConfigError that names every problem and no value of a secret */
export const readConfig = (env: Record<string, string | undefined>): Config => readOptions(OPTIONS, env)
