/** Where a run plays: a system of its own, whatever it is made of, and who has money there. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asset, Keypair } from '@stellar/stellar-sdk'
import type { SystemConfig } from '@stellartrain/sdk'
import { createLeaps } from '../chaos/clocks.ts'
import { createDisk, type Disk } from '../chaos/disk.ts'
import { createPartitions } from '../chaos/partitions.ts'
import type { Trouble } from '../chaos/trouble.ts'
import { silent } from '../system/progress.ts'
import type { ServiceSpec } from '../system/supervise.ts'
import { startSystem } from '../system/system.ts'
import { type Victim, victimsOf } from './killer.ts'
import type { Random } from './random.ts'

export type Stage = {
  config: SystemConfig
  oracleUrl: string
  /** Whose clock can be moved. */
  networkUrl: string
  issuer: Keypair
  /** Has some of the asset. */
  maker: Keypair
  asset: Asset
  /** Services whose death must change nothing. */
  victims: Victim[]
  /** What happens beside, and how often. */
  troubles: { trouble: Trouble; count: number }[]
  /** Changes what further services are started with. */
  alter(spec: ServiceSpec): Promise<ServiceSpec>
  /** Keeps logs and files of further services. */
  folder: string
  /** `keep`: what it wrote stays for a look. */
  stop(options: { keep: boolean }): Promise<void>
}

export type Troubles = { partitions: number; leaps: number; stalls: number }

/** Every service as a process of this machine. @throws NotHere for trouble that this machine cannot make */
export async function stageOfProcesses(
  random: Random,
  { interval, partitions, leaps, stalls }: Troubles & { interval: number },
  say: (line: string) => void,
): Promise<Stage> {
  const troubles: Stage['troubles'] = []
  const started = <Kind extends Trouble>(trouble: Kind, count: number): Kind => {
    troubles.push({ trouble, count })
    return trouble
  }
  const stopTroubles = async () => {
    for (const { trouble } of troubles) await trouble.stop()
  }
  const temporary = () => mkdtempSync(join(tmpdir(), 'stellartrain-kill-'))
  try {
    const disk: Disk | undefined = stalls > 0 ? started(createDisk(random), stalls) : undefined
    const home = disk ? join(disk.folder, 'home') : temporary()
    if (partitions > 0) started(createPartitions(random), partitions)
    if (leaps > 0) started(createLeaps(random, join(tmpdir(), `stellartrain-clocks-${process.pid}`)), leaps)
    const alter = async (spec: ServiceSpec) => {
      let altered = spec
      for (const { trouble } of troubles) altered = (await trouble.alter?.(altered)) ?? altered
      return altered
    }
    const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
    const host = '127.0.0.1'
    const options = { home, host, ports, interval, controls: true, alter }
    const system = await startSystem(options, { ...silent, note: say })
    const issuer = Keypair.fromSecret(system.home.secrets.issuer)
    const known = system.config.assets?.find((one) => one.issuer === issuer.publicKey())
    if (!known) throw new Error('the local network has no issued asset')
    return {
      config: system.config,
      oracleUrl: system.urls.oracle,
      networkUrl: system.urls.network,
      issuer,
      maker: Keypair.fromSecret(system.home.secrets.accounts[0]!.secret),
      asset: new Asset(known.code, issuer.publicKey()),
      victims: victimsOf(system),
      troubles,
      alter,
      folder: join(home, 'oracles'),
      async stop({ keep }) {
        await system.stop()
        await stopTroubles()
        if (!keep) rmSync(home, { recursive: true, force: true })
        else if (!disk) say(`The home is kept for a look: ${home}`)
      },
    }
  } catch (error) {
    await stopTroubles()
    throw error
  }
}
