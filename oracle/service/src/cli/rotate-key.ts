/** `rotate-key`: registers the next version of the encryption key, with name, website and description as they are set now. */
import { registerNext } from '../acceptance/register.ts'
import { readRegistration } from '../chain/reads.ts'
import { publicError } from '../errors.ts'
import { createUploader, type Publish } from '../publish/upload.ts'
import { type Command, type Connected, connected, HOME_HELP, parse, UsageError } from './command.ts'

const help = `Register a new encryption key, with the name, website, description and URL that are set now.

Usage: stellartrain-oracle rotate-key

Older versions stay valid: the keys that open what was sealed to them are derived from the same signing key, which does not
change. A running oracle notices the new version within seconds.

Options
${HOME_HELP}`

export const rotateKey: Command = {
  help,
  async run(args, io) {
    const { values } = parse(args, {})
    const here = connected(values.home, io)
    const { chain, identity, config } = here
    const { signal } = new AbortController()
    const known = await readRegistration(chain, identity.address, { signal })
    const url = config.publicUrl ?? known?.url
    if (url === undefined)
      throw new UsageError(
        'This oracle is not registered yet: `npx stellartrain-oracle run` registers its first key version.',
      )
    const publish = publisher(here, signal)
    const deps = { chain, identity, profile: config, publish, invokeOptions: () => ({ signal }), signal }
    const { version, recipient } = await registerNext(url, known?.version ?? 0, deps)
    io.out(`Registered version ${version}: ${recipient} at ${url}\n`)
    return 0
  },
}

/** To the first service that takes it. */
function publisher({ config, identity }: Connected, signal: AbortSignal): Publish {
  const { networkPassphrase } = config
  return async (bytes) => {
    let last: unknown
    for (const url of config.ipfsUrls)
      try {
        return await createUploader({ url, identity, networkPassphrase, signal, now: Date.now })(bytes)
      } catch (error) {
        last = error
      }
    throw new Error(`No IPFS service takes the metadata. ${publicError(last).message}`)
  }
}
