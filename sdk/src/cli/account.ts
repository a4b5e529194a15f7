/** `stellartrain account`: what an account holds, a new one, test money, trustlines. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { addTrustline, challengeAssets, fund, readHoldings } from '../system/account.ts'
import { parseAddress, parseAsset, parseIssuedAsset } from '../system/names.ts'
import { UserError } from '../system/problems.ts'
import { parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { type Connection, connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { writeNew } from './read-write.ts'
import { money } from './show.ts'

const VERBS = ['new', 'fund', 'trust'] as const

export const account: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, { ...NETWORK_OPTIONS, asset: { type: 'string', multiple: true } }, 2)
    const verb = VERBS.find((one) => one === positionals[0])
    if (verb === undefined && positionals.length > 1) throw new UsageError(`There is no account ${positionals[0]}.`)
    const argument = positionals[verb ? 1 : 0]
    const assets = (values.asset ?? []).map(parseAsset)
    if (verb === 'new') return make(values['secret-file'], Boolean(values.json), io)
    // What is wrong in the arguments needs no network to be said.
    if (verb === 'trust') parseIssuedAsset(argument ?? missingAsset())
    else if (argument !== undefined) parseAddress(argument)
    const connection = await connect(values, io)
    const { client, signer, options } = connection
    if (verb === 'trust') {
      const { hash } = await addTrustline(client, argument ?? '', signer(), options)
      if (values.json) printJson(io, { asset: argument, hash })
      else io.stdout(`Your account can now hold ${argument}. Transaction ${hash}\n`)
      return EXIT.ok
    }
    const address = argument ?? signer().address
    if (verb === 'fund') await fund(client, address, options)
    await show(connection, address, assets, Boolean(values.json), io)
    return EXIT.ok
  },
}

function missingAsset(): never {
  throw new UsageError('Name the asset to trust: CODE:ISSUER.')
}

function make(file: string | undefined, json: boolean, io: Io): number {
  if (!file) throw new UsageError('Name a file for the secret key: --secret-file FILE.')
  const pair = Keypair.random()
  // Refuses to replace a file: it could be another account's only key.
  writeNew(file, `${pair.secret()}\n`, io, 0o600)
  if (json) printJson(io, { address: pair.publicKey(), secretFile: file })
  else io.stdout(`${pair.publicKey()}\nThe secret key is in ${file}. Whoever has that file controls the account.\n`)
  return EXIT.ok
}

const NOT_THERE =
  ' does not exist on this network yet. A first payment of at least 1 XLM makes it; where there is a friendbot: npx stellartrain account fund'

async function show({ client, options }: Connection, address: string, assets: string[], json: boolean, io: Io) {
  const used = await challengeAssets(client, options).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error
    return undefined
  })
  const state = await readHoldings(client, address, { ...options, tokens: [...(used ?? []), ...assets] })
  if (json) {
    printJson(io, { ...state, complete: false, challengeAssets: used !== undefined })
    return
  }
  io.stdout(`${address}${state.exists ? '' : NOT_THERE}\n`)
  // A contract's address may hold tokens without being an account.
  if (!state.exists && address.startsWith('G')) return
  for (const { asset, balance } of state.holdings)
    io.stdout(
      `  ${balance === null ? `no trustline for ${asset.code}, so it cannot be paid in it` : money(balance, asset)}\n`,
    )
  const without = used === undefined ? ' The API does not answer, so the assets of challenges are missing.' : ''
  io.stdout(`  Other assets are not listed; name one with --asset CODE:ISSUER.${without}\n`)
}
