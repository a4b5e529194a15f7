/** `npm start -- --judging`: a jury and a gate beside the contract, whose addresses a maker may name as judge and gate. */
import { Keypair } from '@stellar/stellar-sdk'
import { deployGate } from '@stellartrain/contracts-client/gate'
import { deployJury } from '@stellartrain/contracts-client/jury'
import { readGateWasm, readJuryWasm } from '@stellartrain/contracts-client/wasm'
import { createClient } from '@stellartrain/sdk/client'
import type { System } from './system.ts'

export type Judging = {
  /** Two of the three solvers among the demo accounts rule together. */
  jury: string
  /** Admits whom the demo maker invites, and who has a record of one paid submission. */
  gate: string
}

/** The same contracts at every start. @throws ChainFailure, ContractError */
export async function deployJudging({ config, home }: System): Promise<Judging> {
  const { chain } = createClient(config)
  const [maker, ...solvers] = home.secrets.accounts.map(({ secret }) => Keypair.fromSecret(secret))
  const { records, contract: stellartrain } = config
  const jurors = solvers.map((solver) => solver.publicKey())
  const owner = maker!.publicKey()
  const qualification = records ? { qualification: { records, paidSubmissions: 1 } } : {}
  const jury = await deployJury(chain, { wasm: await readJuryWasm(), stellartrain, jurors, signer: maker! })
  const gate = await deployGate(chain, { wasm: await readGateWasm(), owner, ...qualification, signer: maker! })
  return { jury: jury.contract, gate: gate.contract }
}
