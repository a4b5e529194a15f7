/** The compose file as a stage: its containers are killed, and cut off from each other in their own network namespaces. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asset, Keypair, Operation } from '@stellar/stellar-sdk'
import { deployAssetContract, fundWithFriendbot, sendOperations, sleep } from '@stellartrain/contracts-client'
import { createClient } from '@stellartrain/sdk/client'
import { NotHere, type Trouble } from '../chaos/trouble.ts'
import type { Project } from '../containers/project.ts'
import { openContained } from '../containers/system.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'

const VICTIMS = ['indexer', 'oracle', 'ipfs', 'postgres', 'network']
const CUT_OFF = ['indexer', 'oracle', 'ipfs', 'postgres']
const [SHORTEST_MS, LONGEST_MS] = [1_000, 12_000]
const CODE = 'KILLS'

/** @throws NotHere where no container can be cut off */
export async function stageOfContainers(
  random: Random,
  { partitions, keep }: { partitions: number; keep: boolean },
  say: (line: string) => void,
): Promise<Stage> {
  const cleanup: (() => unknown)[] = []
  const undo = async () => {
    for (let next = cleanup.pop(); next; next = cleanup.pop()) await next()
  }
  for (const end of ['SIGINT', 'SIGTERM'] as const)
    process.once(end, () => void undo().finally(() => process.exit(130)))
  try {
    const contained = await openContained({ keep }, cleanup, say)
    await contained.version('check')
    const project = contained.withFiles(['local/src/containers/controls.yml'])
    await project.up()
    const config = await contained.config()
    const sdk = createClient(config)
    const [issuer, maker] = [Keypair.random(), Keypair.random()]
    for (const who of [issuer, maker]) await fundWithFriendbot(sdk.chain, who.publicKey())
    const asset = new Asset(CODE, issuer.publicKey())
    // An oracle accepts no challenge whose asset it cannot be paid in; its operator adds the trustline.
    const operator = Keypair.fromSecret(readFileSync(join(contained.secrets, 'oracle_key'), 'utf8').trim())
    for (const who of [maker, operator]) await sendOperations(sdk.chain, [Operation.changeTrust({ asset })], who)
    const gift = Operation.payment({ destination: maker.publicKey(), asset, amount: '10000' })
    await deployAssetContract(sdk.chain, asset, issuer)
    await sendOperations(sdk.chain, [gift], issuer)
    const folder = mkdtempSync(join(tmpdir(), 'stellartrain-kill-'))
    return {
      config,
      oracleUrl: contained.ports.PUBLIC_ORACLE_URLS,
      networkUrl: `http://localhost:${contained.ports.RPC_PORT}`,
      ...{ issuer, maker, asset, folder },
      victims: VICTIMS.map((name) => ({ name, kill: () => project.crash(name) })),
      troubles: partitions > 0 ? [{ trouble: containersCutOff(project, random), count: partitions }] : [],
      alter: async (spec) => spec,
      async stop({ keep: failed }) {
        if (failed) for (const name of VICTIMS) say(`--- ${name}\n${await project.logs(name)}`)
        else rmSync(folder, { recursive: true, force: true })
        await undo()
      },
    }
  } catch (error) {
    await undo()
    throw error
  }
}

const STARTED_AGAIN_MS = 30_000
const isLifted = (done: { status: number | null }[]) => done.every(({ status }) => status === 0)

/** By the packet filter inside of the container's network: nothing comes in and nothing goes out, but its own loopback. */
function containersCutOff(project: Project, random: Random): Trouble {
  const filter = (pid: number, how: '--insert' | '--delete') =>
    [
      ['INPUT', '!', '--in-interface', 'lo'],
      ['OUTPUT', '!', '--out-interface', 'lo'],
    ].map(([chain = '', ...match]) => {
      const rule = ['iptables', '--wait', how, chain, ...match, '--jump', 'DROP']
      return spawnSync('nsenter', ['--target', String(pid), '--net', ...rule], { encoding: 'utf8' })
    })
  return {
    name: 'partition',
    async once(say) {
      const name = CUT_OFF[random.below(CUT_OFF.length)]!
      const ms = SHORTEST_MS + random.below(LONGEST_MS - SHORTEST_MS)
      const pid = await project.pid(name)
      // It is just being started again.
      if (pid === undefined) return
      const failed = filter(pid, '--insert').find(({ status }) => status !== 0)
      if (failed) {
        if ((await project.pid(name)) !== pid) return
        throw new NotHere(`No container can be cut off here: ${failed.error?.message ?? failed.stderr}`)
      }
      say(`${name} is cut off for ${(ms / 1000).toFixed(1)} s`)
      await sleep(ms)
      // A container that was killed meanwhile is started again in the same network, which keeps the rules.
      if (isLifted(filter(pid, '--delete'))) return
      for (const until = Date.now() + STARTED_AGAIN_MS; Date.now() < until; await sleep(100)) {
        const now = await project.pid(name)
        // In a network of its own there are no rules to be deleted.
        if (now !== undefined && now !== pid) return void filter(now, '--delete')
      }
    },
    async stop() {},
  }
}
