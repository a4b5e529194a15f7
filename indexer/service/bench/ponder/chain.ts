// biome-ignore-all lint/suspicious/noExplicitAny: the types of Ponder are generated where it is installed.
/** A told history behind the JSON-RPC of an EVM node: one block for each ledger that has events. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeAbiParameters, encodeEventTopics, type Hex, keccak256, numberToHex, stringToHex } from 'viem'
import type { ContractEvent } from '../../src/decode/events.ts'
import { applyEvent, type PlacedEvent } from '../../src/project/apply.ts'
import { partsOf } from '../../src/project/verdicts.ts'
import { World } from '../../src/project/world.ts'
import type { EventChain } from '../../src/testing/chain.ts'
import { ABI } from './abi.ts'

const ADDRESS = '0x00000000000000000000000000000000000000aa'
const ZEROS = `0x${'0'.repeat(64)}` as Hex
export const bytes32 = (text: string): Hex => keccak256(stringToHex(text))
export const hex32 = (text: string): Hex => (text === '' ? ZEROS : `0x${text}`)
const json = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))

type Log = Record<string, unknown> & { blockNumber: Hex; topics: Hex[] }

export type MadeChain = {
  url: string
  last: number
  /** When logs were asked for first, milliseconds of `performance.now()`. */
  asked(): number | null
  close(): Promise<void>
}

export async function startMadeChain(chain: EventChain): Promise<MadeChain> {
  const blocks: { hash: Hex; time: number; txs: Hex[]; logs: Log[] }[] = [
    { hash: bytes32('block 0'), time: 1, txs: [], logs: [] },
  ]
  let ledger = -1
  const world = new World()
  for (const placed of chain.events) {
    const { place, event } = placed
    if (place.ledger !== ledger) {
      ledger = place.ledger
      blocks.push({ hash: bytes32(`block ${blocks.length}`), time: place.closedAt, txs: [], logs: [] })
    }
    const block = blocks.at(-1)!
    const tx = `0x${place.txHash}` as Hex
    if (!block.txs.includes(tx)) block.txs.push(tx)
    const { name, args } = told(event, cameOf(world, placed))
    const inputs = ABI.find((one) => one.name === name)!.inputs.slice(1)
    block.logs.push({
      ...{ address: ADDRESS, blockHash: block.hash, blockNumber: numberToHex(blocks.length - 1), transactionHash: tx },
      ...{
        transactionIndex: numberToHex(block.txs.indexOf(tx)),
        logIndex: numberToHex(block.logs.length),
        removed: false,
      },
      topics: encodeEventTopics({ abi: ABI, eventName: name, args: { challenge: args.challenge } } as never) as Hex[],
      data: encodeAbiParameters(
        inputs as never,
        inputs.map(({ name: one }) => (args as Record<string, unknown>)[one]) as never,
      ),
    })
  }
  const last = blocks.length - 1
  let asked: number | null = null

  function block(n: number, full: boolean) {
    const { hash, time, txs } = blocks[n] ?? {
      hash: bytes32(`block ${n}`),
      time: blocks[last]!.time + n - last,
      txs: [],
    }
    const parentHash = n === 0 ? ZEROS : (blocks[n - 1]?.hash ?? bytes32(`block ${n - 1}`))
    const transactions = txs.map((tx, index) => ({
      ...{ hash: tx, blockHash: hash, blockNumber: numberToHex(n), transactionIndex: numberToHex(index), type: '0x0' },
      ...{ from: ADDRESS, to: ADDRESS, input: '0x', value: '0x0', gas: '0x5208', gasPrice: '0x1', nonce: '0x0' },
      ...{ r: '0x1', s: '0x1', v: '0x1b', chainId: '0x7a69' },
    }))
    const zero = {
      number: numberToHex(n),
      hash,
      parentHash,
      timestamp: numberToHex(time),
      baseFeePerGas: '0x1',
      difficulty: '0x0',
    }
    return {
      ...zero,
      ...{
        extraData: '0x',
        gasLimit: '0x1',
        gasUsed: '0x0',
        logsBloom: `0x${'0'.repeat(512)}`,
        miner: ADDRESS,
        nonce: '0x0000000000000000',
      },
      ...{
        mixHash: ZEROS,
        receiptsRoot: ZEROS,
        sha3Uncles: ZEROS,
        size: '0x1',
        stateRoot: ZEROS,
        totalDifficulty: '0x0',
        transactionsRoot: ZEROS,
      },
      ...{ uncles: [], transactions: full ? transactions : txs },
    }
  }

  function answer(method: string, params: any[]): unknown {
    // Everything told is long final.
    const head = last + 1_000
    if (method === 'eth_chainId' || method === 'net_version') return numberToHex(31_337)
    if (method === 'eth_blockNumber') return numberToHex(head)
    if (method === 'eth_getBlockByNumber')
      return block(/^0x/.test(params[0]) ? Number(params[0]) : head, params[1] === true)
    if (method === 'eth_getLogs') {
      asked ??= performance.now()
      const [{ fromBlock, toBlock, topics }] = params
      const wanted: Hex[] | null = topics?.[0] == null ? null : [topics[0]].flat()
      return blocks
        .slice(Number(fromBlock), Number(toBlock) + 1)
        .flatMap(({ logs }) => logs.filter((log) => wanted === null || wanted.includes(log.topics[0]!)))
    }
    throw new Error(`${method} is not known here`)
  }

  const server = createServer(async (request, response) => {
    let text = ''
    for await (const piece of request) text += piece
    const one = ({ id, method, params }: { id: number; method: string; params: unknown[] }) => {
      try {
        return { jsonrpc: '2.0', id, result: answer(method, params) }
      } catch (error) {
        return { jsonrpc: '2.0', id, error: { code: -32601, message: String(error) } }
      }
    }
    const asks = JSON.parse(text)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(Array.isArray(asks) ? asks.map(one) : one(asks)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last,
    asked: () => asked,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

type Came = { votes: object[]; verdicts: object[]; payments: object[] }

/** What an event comes to, by the rules. */
function cameOf(world: World, placed: PlacedEvent): Came {
  const { event, place } = placed
  const paid = world.newPayments.length
  applyEvent(world, placed)
  const rows = 'rows' in event && event.type !== 'ranking_posted' ? event.rows : 'row' in event ? [event.row] : []
  const challenge = 'challenge' in event ? event.challenge : 0
  const told = (number: number, standing: Parameters<typeof partsOf>[0]) => {
    const { verdict, score, contentHash, units } = partsOf(standing)
    return { number: BigInt(number), verdict, score, content: hex32(contentHash), units: BigInt(units) }
  }
  return {
    votes: rows.flatMap(({ number }) =>
      world
        .votesOn(challenge, number)
        .filter(({ eventId }) => eventId === place.id)
        .map(({ verdict }) => told(number, verdict)),
    ),
    verdicts: rows
      .filter(({ by }) => by !== 'open')
      .map(({ number }) => told(number, world.submission(challenge, number).facts.status)),
    payments: world.newPayments
      .slice(paid)
      .map(({ number, prize, pay, back }) => ({ number: BigInt(number), amount: prize + pay + back })),
  }
}

type Told = { name: (typeof ABI)[number]['name']; args: Record<string, unknown> }

function told(event: ContractEvent, { votes, verdicts, payments }: Came): Told {
  const challenge = 'challenge' in event ? BigInt(event.challenge) : 0n
  switch (event.type) {
    case 'challenge_created': {
      const { maker, token, prize, terms } = event
      return {
        name: 'Created',
        args: { challenge, maker: bytes32(maker), token: bytes32(token), prize, terms: json(terms) },
      }
    }
    case 'submitted': {
      const { solver, attempt, number, cid, commitment, units, deposit, carried } = event
      const numbers = { attempt: BigInt(attempt), number: BigInt(number), units: BigInt(units), deposit, carried }
      return {
        name: 'Submitted',
        args: { challenge, solver: bytes32(solver), cid, commitment: hex32(commitment), ...numbers },
      }
    }
    case 'scored': {
      const { oracle, report, settle } = event
      return { name: 'Scored', args: { challenge, oracle: bytes32(oracle), report, settle, votes, verdicts, payments } }
    }
    case 'ruled': {
      const { judge, report } = event
      return { name: 'Ruled', args: { challenge, judge: bytes32(judge), report, votes } }
    }
    case 'settled':
      return { name: 'Settled', args: { challenge, verdicts, payments } }
    case 'payment_released': {
      const { solver, attempt, prize } = event
      const of = { challenge, solver: bytes32(solver), attempt: BigInt(attempt), prize }
      return { name: 'Released', args: { ...of, verdicts, payments } }
    }
    default:
      return { name: 'Told', args: { challenge, kind: event.type, data: json(event) } }
  }
}
