/** Who takes part in the stories of the world: funded accounts. */
import type { Keypair } from '@stellar/stellar-sdk'
import type { Fixture } from '@stellartrain/contracts-client/testing'

export type People = {
  maker: Keypair
  ada: Keypair
  grace: Keypair
  linus: Keypair
  /** Named as judge where a challenge has one. */
  judge: Keypair
  nobody: Keypair
}

export async function makePeople(fixture: Fixture): Promise<People> {
  const [maker, ada, grace, linus, judge, nobody] = await fixture.people(6)
  return { maker: maker!, ada: ada!, grace: grace!, linus: linus!, judge: judge!, nobody: nobody! }
}
