/** `rotate-key`: registers the next version of the encryption key, with name, website and description as they are set now. */
import { registerNext } from '../acceptance/register.ts'
import { readRegistration } from '../chain/reads.ts'
import { publicError } from '../errors.ts'
import { createUploader, type Publish } from '../publish/upload.ts'
import { type Command, parse, UsageError } from './command.ts'
import { type Connected, connected } from './connect.ts'

export const rotateKey: Command = {
  async run(args, io) {
    const { values } = parse(args, {})
    const here = connected(values.home, io)
    const { chain, identity, config } = here
    const { signal } = new AbortController()
    const known = await readRegistration(chain, identity.address, { signal })
    if (known === undefined)
      throw new UsageError(
        'This oracle is not registered yet: `npx stellartrain-oracle run` registers its first key version.',
        { help: false },
      )
    const url = config.publicUrl ?? known.url
    const publish = publisher(here, signal)
    const deps = { chain, identity, profile: config, publish, invokeOptions: () => ({ signal }), signal }
    const { version, recipient } = await registerNext(url, known.version, deps)
    io.out(`Registered version ${version}: ${recipient} at ${url}\n`)
    return { code: 0, json: { oracle: identity.address, version, key: recipient, url } }
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
    throw new Error(
      `No IPFS service takes the metadata, so nothing was registered. ${publicError(last).message} Check IPFS_URL in the settings.`,
    )
  }
}
