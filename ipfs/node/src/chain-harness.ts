/** Test helper: files as archives, submissions on the ledger that name them, and how they are handed over. */
import type { Keypair } from '@stellar/stellar-sdk'
import { submit } from '@stellartrain/contracts-client'
import type { Fixture } from '@stellartrain/contracts-client/testing'
import { CAR_MEDIA_TYPE, writeCar } from '@stellartrain/ipfs-content/car'
import { cidToChain, parseCid } from '@stellartrain/ipfs-content/cid'
import { importBytes } from '@stellartrain/ipfs-content/import'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'

export type Packed = { cid: string; pieces: Uint8Array[] }

export async function pack(bytes: Uint8Array): Promise<Packed> {
  const blocks = new Map<string, Uint8Array>()
  const { cid } = await importBytes(bytes, async (one, block) => void blocks.set(String(one), new Uint8Array(block)))
  return { cid, pieces: await Array.fromAsync(writeCar(parseCid(cid), async (one) => blocks.get(String(one))!)) }
}

/** Submits the file's CID, and resolves to who did. */
export async function nameFile(
  net: Fixture,
  id: number,
  { cid }: Packed,
  solver?: Keypair,
  attempt = 1,
): Promise<Keypair> {
  const who = solver ?? (await net.person())
  const work = { cid: cidToChain(cid), commitment: new Uint8Array(32), units: 0, carry: 0n }
  await net.act(submit({ solver: who.publicKey(), challenge: id, attempt, ...work }), who)
  return who
}

export const put = ({ url }: { url: string }, cid: string, pieces: readonly Uint8Array[], query = '') =>
  fetch(`${url}/v1/content/${cid}${query}`, {
    method: 'PUT',
    headers: { 'content-type': CAR_MEDIA_TYPE },
    body: Buffer.concat(pieces),
  })

/** A manifest whose truth is `truth` and that names these data sets, by name. */
export function manifestNaming(oracle: string, truth: string, datasets: Record<string, string>): Manifest {
  const hash = 'ab'.repeat(32)
  const key = 'age17g9lgft67mn96h95czyx9tkakkjp3ep3cc9gumsvk35g5evgt93qctuzng'
  const files = Object.entries(datasets).map(([name, cid]) => ({
    ...{ name, cid, sha256: hash, bytes: 1, version: 1, previous: null },
    ...{ role: 'train' as const, mediaType: 'text/csv' },
  }))
  return {
    ...{ format: 'stellartrain/manifest', version: 1, kind: 'competition', license: 'CC0-1.0', tags: [] },
    ...{ title: 'Which penguin is it?', summary: 'Species.', description: 'Three species.' },
    datasets: files,
    submission: {
      ...{ format: 'csv', idColumn: 'id', rows: 100, maxBytes: 1_000_000 },
      columns: [{ name: 'species', type: 'string', labels: ['Adelie', 'Gentoo'] }],
    },
    metric: { id: 'f1_macro', params: { labels: ['Adelie', 'Gentoo'] }, version: 1 },
    baseline: { description: 'The most frequent species.', score: 0.3 },
    truth: { cid: truth, commitment: hash, bytes: 5000, recipients: [{ oracle, key }] },
    opens: { truth: true, submissions: 'winning' },
  } as Manifest
}
