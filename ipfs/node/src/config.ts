/** The options of the IPFS service; read by main.ts from the environment. */

import { resolve } from 'node:path'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import { isAccount, isContract } from '@stellartrain/ipfs-content/strkey'
import {
  type ConfigOf,
  checked,
  commonOptions,
  defaulted,
  httpUrl,
  InvalidValue,
  list,
  optional,
  type Parser,
  readOptions,
  required,
  signInOptions,
  text,
  whole,
} from '@stellartrain/service/config'

export const DEFAULT_MAX_UPLOAD_BYTES = 128 * 1024 * 1024
export const DEFAULT_MAX_ACCOUNT_BYTES = 1024 ** 3
/** More than the largest submission that a manifest can allow needs once it is sealed. */
export const DEFAULT_MAX_SUBMISSION_BYTES = 64 * 1024 * 1024
export const DEFAULT_MAX_CHALLENGE_BYTES = 2 * 1024 ** 3
export const DEFAULT_MAX_SUBMISSIONS_BYTES = 10 * 1024 ** 3
export const DEFAULT_MAX_UPLOADS_BYTES = 20 * 1024 ** 3
export const DEFAULT_MAX_ADDRESS_BYTES = 4 * 1024 ** 3
export const DEFAULT_UPLOAD_DAYS = 14
export const DEFAULT_KEEP_DAYS = 30

const HOME = '.stellartrain/ipfs'

const account = checked(isAccount, 'must be accounts, G…, separated by commas')
const contract = checked(isContract, 'must be a contract address, C…')

/** `https://service/psa#token`; the token is what the service gave. */
const pinService: Parser<{ url: string; token: string }> = (value) => {
  const url = URL.parse(value)
  const token = url?.hash.slice(1) ?? ''
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || token === '')
    throw new InvalidValue('must be https://service/path#token, separated by commas')
  return { url: withoutSlash(`${url.origin}${url.pathname}`), token }
}
const multiaddr = checked(
  (value) => /^(\/[\w.:%-]+){2,}$/.test(value),
  'must be multiaddrs, /dns4/…, separated by commas',
)

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
  ...signInOptions('`IPFS_HOME`'),
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
  maxUploadsBytes: defaulted(
    'IPFS_MAX_UPLOADS_BYTES',
    whole(1, 2 ** 43),
    DEFAULT_MAX_UPLOADS_BYTES,
    'what the uploads of all accounts may take; submissions have their own room',
    { shown: '20 GiB' },
  ),
  maxAddressBytes: defaulted(
    'IPFS_MAX_ADDRESS_BYTES',
    whole(1, 2 ** 43),
    DEFAULT_MAX_ADDRESS_BYTES,
    'what one address may upload in a day; loopback may more',
    { shown: '4 GiB' },
  ),
  reserveBytes: optional(
    'IPFS_RESERVE_BYTES',
    whole(0, 2 ** 43),
    'what uploads leave free on the disk, kept for submissions',
    { shown: 'a twentieth of the disk, at most 1 GiB' },
  ),
  uploadDays: defaulted(
    'IPFS_UPLOAD_DAYS',
    whole(1, 36_500),
    DEFAULT_UPLOAD_DAYS,
    'after how many days an upload is let go that the ledger does not name; needs `RPC_URL`',
  ),
  keepDays: defaulted(
    'IPFS_KEEP_DAYS',
    whole(0, 36_500),
    DEFAULT_KEEP_DAYS,
    "for how many days after a challenge's end what it names is kept",
  ),
  proxies: defaulted('PROXIES', whole(0, 10), 0, 'how many proxies of yours add to X-Forwarded-For in front of it'),
  rpcUrl: optional('RPC_URL', httpUrl, 'the Stellar RPC that shows what the ledger names', {
    shown: 'no submissions are taken, and no upload is let go',
  }),
  contract: optional('CONTRACT_ADDRESS', contract, 'the StellarTrain contract, C…; goes with `RPC_URL`', {
    shown: 'the same',
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
  oracles: defaulted(
    'IPFS_ORACLES',
    list(account, { max: 100 }),
    [],
    'oracles that you know, G…, separated by commas: challenges without any of them keep 64 MiB of files and 64 MiB of submissions each; anyone can register an oracle',
    { shown: 'all', inFile: true },
  ),
  kuboUrl: optional('IPFS_KUBO_URL', kuboUrl, 'the RPC of a Kubo that gets a copy of everything', {
    shown: 'no copies',
  }),
  pinServices: defaulted(
    'IPFS_PIN_SERVICES',
    list(pinService, { max: 8 }),
    [],
    'remote pinning services that keep what the ledger names, `https://service/psa#token`, separated by commas',
    { shown: 'none', secret: true },
  ),
  pinOrigins: defaulted(
    'IPFS_PIN_ORIGINS',
    list(multiaddr, { max: 20 }),
    [],
    'multiaddrs at which they find the content, such as those of your Kubo',
    { shown: 'none' },
  ),
} as const

export type Config = ConfigOf<typeof OPTIONS>

/** @throws ConfigError that names every problem and no value of a secret */
export const readConfig = (env: Record<string, string | undefined>): Config => readOptions(OPTIONS, env)
