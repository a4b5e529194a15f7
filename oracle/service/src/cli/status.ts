/** `status`: what an operator looks at: account, registration, and what the running oracle says of itself. */
import { checkDeployment, readAccount, toDecimal } from '@stellartrain/contracts-client'
import { ask } from '@stellartrain/ipfs-content/ask'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import type { Status } from '../api/status.ts'
import { lowBalance } from '../chain/balance.ts'
import { readRegistration } from '../chain/reads.ts'
import { publicError } from '../errors.ts'
import { localUrl } from '../local-url.ts'
import { type Command, parse } from './command.ts'
import { type Connected, connected } from './connect.ts'

const TIMEOUT_MS = 10_000
const MOST_BYTES = 1024 * 1024

export const status: Command = {
  async run(args, io) {
    const { values } = parse(args, {})
    const found = await lookAt(connected(values.home, io))
    for (const [name, value] of Object.entries(found.facts)) io.out(`${name.padEnd(14)}${value}\n`)
    for (const trouble of found.troubles) io.out(`! ${trouble}\n`)
    if (found.troubles.length === 0) io.out('All is well.\n')
    return { code: found.troubles.length === 0 ? 0 : 1, json: found }
  },
}

type Found = { facts: Record<string, string>; troubles: string[] }

/** Each part by itself: where one cannot be seen, the others are shown all the same. */
async function lookAt({ chain, config, identity, network, home }: Connected): Promise<Found> {
  const troubles: string[] = []
  const options = { signal: AbortSignal.timeout(TIMEOUT_MS) }
  const seen = async <T>(look: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await look()
    } catch (error) {
      const { message } = publicError(error)
      if (!troubles.includes(message)) troubles.push(message)
      return undefined
    }
  }
  const { address } = identity
  await seen(() => checkDeployment(chain, options))
  const account = await seen(async () => (await readAccount(chain, address, options))?.balance ?? 0n)
  const low = account === undefined ? undefined : lowBalance(account, address)
  if (low !== undefined) troubles.push(low)
  const registered = await seen(() => readRegistration(chain, address, options).then((one) => one ?? null))
  if (registered === null)
    troubles.push('It is not registered on the contract: `npx stellartrain-oracle run` registers it.')
  const url = config.publicUrl ?? registered?.url
  if (registered && config.publicUrl !== undefined && registered.url !== config.publicUrl)
    troubles.push(`It is registered at ${registered.url}; the next start registers ${config.publicUrl}.`)
  const local = url === undefined ? undefined : localUrl(url, network.passphrase)
  if (local !== undefined) troubles.push(local)
  const running = url === undefined ? undefined : await runningStatus(url)
  if (url !== undefined && running === undefined)
    troubles.push(`Nothing answers at ${url}/status: is it running, and reachable?`)
  if (running !== undefined) {
    const ready = (await getJson(`${url}/ready`)) as { reasons?: string[] } | undefined
    troubles.push(...(ready?.reasons ?? []), ...running.warnings)
    if (running.address !== address) troubles.push(`At ${url} another oracle answers: ${running.address}.`)
  }
  const facts = {
    oracle: address,
    network: `${network.name} (${network.passphrase})`,
    contract: config.contract,
    home,
    balance: account === undefined ? 'unknown' : `${toDecimal(account, 7)} XLM`,
    registered: registered ? `key version ${registered.version}, ${registered.url}` : 'no',
    ...(running && factsOf(running)),
  }
  return { facts, troubles: [...new Set(troubles)] }
}

function factsOf(running: Status): Record<string, string> {
  const { accepted, refused, queue, undelivered, isolation, content, ledger, lastVote } = running
  const walls = isolation === null ? 'unknown' : `${isolation.by}${isolation.network ? '' : ', sockets open'}`
  return {
    ledger: String(ledger ?? 'none yet'),
    challenges: `${accepted.length} accepted, ${refused.length} refused`,
    queue: `${queue.length} submissions, ${queue.failing} failing, oldest ${queue.oldestSeconds} s`,
    voted: lastVote
      ? `challenge ${lastVote.challenge}, submission ${lastVote.number}, ${lastVote.at}`
      : 'none since its start',
    uploads: `${undelivered.documents} documents wait, oldest ${undelivered.oldestSeconds} s`,
    content: `${content.bytes} of ${content.limit} bytes`,
    isolation: walls,
  }
}

async function runningStatus(url: string): Promise<Status | undefined> {
  const found = (await getJson(`${url}/status`)) as Status | undefined
  return typeof found?.address === 'string' && Array.isArray(found.warnings) ? found : undefined
}

/** Whatever its status is: who is not ready refuses, and says why. */
async function getJson(url: string): Promise<unknown> {
  try {
    return await readBoundedJson(await ask(url, { silentMs: TIMEOUT_MS }), MOST_BYTES)
  } catch {
    return undefined
  }
}
