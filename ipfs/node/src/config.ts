/** The options of the IPFS service; read by main.ts from the environment. */
import { resolve } from 'node:path'
import { StrKey } from '@stellar/stellar-sdk'
import {
  type ConfigOf,
  checked,
  commonOptions,
  defaulted,
  httpUrl,
  list,
  optional,
  readOptions,
  required,
  secretHex,
  text,
  whole,
} from '@stellartrain/service'

export const DEFAULT_MAX_UPLOAD_BYTES = 128 * 1024 * 1024
export const DEFAULT_MAX_ACCOUNT_BYTES = 1024 ** 3
/** More than the largest submission that a manifest can allow needs once it is sealed. */
export const DEFAULT_MAX_SUBMISSION_BYTES = 64 * 1024 * 1024
export const DEFAULT_MAX_CHALLENGE_BYTES = 2 * 1024 ** 3
export const DEFAULT_MAX_SUBMISSIONS_BYTES = 10 * 1024 ** 3

const HOME = '.stellartrain/ipfs'
const hostName = checked(
  (value) => /^[a-z0-9.:[\]-]{1,59}$/i.test(value),
  'must be host names without port, separated by commas',
)

const contract = checked((value) => StrKey.isValidContract(value), 'must be a contract address, C…')

/** The URL is shown in /status, so it must hold no secret. */
const kuboUrl = checked((value) => {
  const url = URL.parse(value)
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === ''
  )
}, 'must be the http(s) URL of a Kubo RPC, like http://127.0.0.1:5001, without a password')

export const OPTIONS = {
  networkPassphrase: required('NETWORK_PASSPHRASE', text, 'the passphrase of the network whose accounts sign in'),
  ...commonOptions(8080),
  home: defaulted('IPFS_HOME', (value) => resolve(value), resolve(HOME), 'the folder of blocks, pins and the secret', {
    shown: HOME,
  }),
  secretKey: optional('SECRET_KEY', secretHex, 'the secret that signs sessions, 32 bytes in hexadecimal', {
    shown: 'made once, kept in `IPFS_HOME`',
    secret: true,
  }),
  homeDomains: defaulted(
    'HOME_DOMAIN',
    (value) => list(hostName, { max: 16 })(value.toLowerCase()),
    ['localhost'],
    'the host names that a sign-in may be for, separated by commas',
  ),
  maxUploadBytes: defaulted(
    'IPFS_MAX_UPLOAD_BYTES',
    whole(1, 2 ** 40),
    DEFAULT_MAX_UPLOAD_BYTES,
    'the largest upload',
    {
      shown: '128 MiB',
    },
  ),
  maxAccountBytes: defaulted(
    'IPFS_MAX_ACCOUNT_BYTES',
    whole(1, 2 ** 40),
    DEFAULT_MAX_ACCOUNT_BYTES,
    'what one account may store',
    { shown: '1 GiB' },
  ),
  rpcUrl: optional('RPC_URL', httpUrl, 'the Stellar RPC that shows which submissions are taken without a sign-in', {
    shown: 'none are taken',
  }),
  contract: optional('CONTRACT_ADDRESS', contract, 'the StellarTrain contract, C…; goes with `RPC_URL`', {
    shown: 'none are taken',
  }),
  maxSubmissionBytes: defaulted(
    'IPFS_MAX_SUBMISSION_BYTES',
    whole(1, 2 ** 40),
    DEFAULT_MAX_SUBMISSION_BYTES,
    "the largest sealed submission; the manifest's limit counts where it is stored here and is lower",
    { shown: '64 MiB' },
  ),
  maxChallengeBytes: defaulted(
    'IPFS_MAX_CHALLENGE_BYTES',
    whole(1, 2 ** 43),
    DEFAULT_MAX_CHALLENGE_BYTES,
    'what the submissions of one challenge may take',
    { shown: '2 GiB' },
  ),
  maxSubmissionsBytes: defaulted(
    'IPFS_MAX_SUBMISSIONS_BYTES',
    whole(0, 2 ** 43),
    DEFAULT_MAX_SUBMISSIONS_BYTES,
    'what the submissions of all challenges may take',
    { shown: '10 GiB' },
  ),
  kuboUrl: optional('IPFS_KUBO_URL', kuboUrl, 'the RPC of a Kubo that gets a copy of everything', {
    shown: 'no copies',
  }),
} as const

export type Config = ConfigOf<typeof OPTIONS>

/** @throws ConfigError that names every problem and no value of a secret */
export const readConfig = (env: Record<string, string | undefined>): Config => readOptions(OPTIONS, env)
