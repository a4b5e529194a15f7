/** `stellartrain account`: what an account has, a new one, test money, trustlines. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk/base'
import { asSigner } from '@stellartrain/contracts-client'
import { addTrustline, fund, readHoldings } from '../account.ts'
import { createClient } from '../client.ts'
import { UserError } from '../problems.ts'
import { parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { money } from './show.ts'

const help = `Usage: stellartrain account [G…]            what an account has (yours, unless named)
       stellartrain account new --secret-file FILE   make a key pair; the secret goes into the file only
       stellartrain account fund [G…]       test money, where the network gives it away
       stellartrain account trust CODE:ISSUER        let your account hold an asset

${SIGNER_HELP}${NETWORK_HELP}`

export const account: Command = {
  summary: 'show, make or fund an account',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const [verb, argument] = positionals
    if (verb === 'new') {
      const file = values['secret-file']
      if (!file) throw new UsageError('Name a file for the secret: --secret-file FILE.')
      const pair = Keypair.random()
      writeSecret(resolve(io.cwd, file), pair.secret())
      if (values.json) printJson(io, { address: pair.publicKey(), secretFile: file })
      else io.stdout(`${pair.publicKey()}\nThe secret is in ${file}; whoever has that file has the account.\n`)
      return EXIT.ok
    }
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    const mine = () => asSigner(readSecret(values, config, io)).address
    if (verb === 'trust') {
      if (!argument) throw new UsageError('Name the asset: CODE:ISSUER.')
      const { hash } = await addTrustline(client, argument, readSecret(values, config, io), { signal })
      if (values.json) printJson(io, { asset: argument, hash })
      else io.stdout(`Your account can hold ${argument} now, transaction ${hash}\n`)
      return EXIT.ok
    }
    const address = verb === 'fund' ? (argument ?? mine()) : (verb ?? mine())
    if (verb === 'fund') await fund(client, address, { signal })
    const state = await readHoldings(client, address, { signal })
    if (values.json) printJson(io, state)
    else {
      io.stdout(`${address}${state.exists ? '' : ' does not exist on this network yet'}\n`)
      for (const { asset, balance } of state.holdings) {
        io.stdout(`  ${balance === null ? `cannot hold ${asset.code}` : money(balance, asset)}\n`)
      }
    }
    return EXIT.ok
  },
}

/** Refuses to replace a file: it could be another account's only key. */
function writeSecret(path: string, secret: string): void {
  try {
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new UserError('bad_input', `${path} cannot be written; a file that exists is not replaced.`, { cause })
  }
}
