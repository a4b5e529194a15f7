/** Writes earnings.json: leaves, root and proofs of earnings as another implementation builds them.
 *
 * `npx node contracts/stellartrain/src/test/golden/earnings.ts`; the contract's tests claim with what it wrote.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Address, Keypair, nativeToScVal, StrKey, xdr } from '@stellar/stellar-sdk'

const contract = StrKey.encodeContract(Buffer.alloc(32, 7))
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** SHA-256 of the XDR of (contract, challenge, epoch, labeler, cumulative). */
function leaf(challenge: number, epoch: number, labeler: string, cumulative: bigint): Buffer {
  const fields = [
    new Address(contract).toScVal(),
    nativeToScVal(challenge, { type: 'u32' }),
    nativeToScVal(epoch, { type: 'u32' }),
    new Address(labeler).toScVal(),
    nativeToScVal(cumulative, { type: 'i128' }),
  ]
  return sha256(xdr.ScVal.scvVec(fields).toXDR())
}

const parent = (a: Buffer, b: Buffer): Buffer => sha256(Buffer.concat([a, b].sort(Buffer.compare)))

/** From the leaves to the root; the last of an odd level moves up alone. */
function levels(leaves: Buffer[]): Buffer[][] {
  const all = [leaves]
  for (let level = leaves; level.length > 1; ) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => level.slice(2 * i, 2 * i + 2))
    level = pairs.map(([a, b]) => (a && b ? parent(a, b) : (a ?? b ?? Buffer.alloc(32))))
    all.push(level)
  }
  return all
}

function proof(tree: Buffer[][], place: number): Buffer[] {
  return tree.flatMap((level, height) => level[(place >> height) ^ 1] ?? [])
}

/** An account, a contract, an account, …: addresses of both kinds earn. */
function labeler(n: number): string {
  const seed = sha256(Buffer.from(`labeler ${n}`))
  return n % 2 ? StrKey.encodeContract(seed) : Keypair.fromRawEd25519Seed(seed).publicKey()
}

const amounts = [1n, 255n, 256n, 65_536n, 1n << 40n, (1n << 64n) - 1n, 1n << 64n, 10n ** 24n]

function epoch(challenge: number, number: number, count: number) {
  const earned = Array.from({ length: count }, (_, i) => ({
    labeler: labeler(i),
    cumulative: (amounts[i % amounts.length] ?? 0n) * BigInt(number),
  }))
  const tree = levels(earned.map((row) => leaf(challenge, number, row.labeler, row.cumulative)))
  return {
    challenge,
    epoch: number,
    total: String(earned.reduce((sum, row) => sum + row.cumulative, 0n)),
    root: tree.at(-1)?.[0]?.toString('hex'),
    rows: earned.map((row, i) => ({
      labeler: row.labeler,
      cumulative: String(row.cumulative),
      leaf: tree[0]?.[i]?.toString('hex'),
      proof: proof(tree, i)
        .map((hash) => hash.toString('hex'))
        .join(' '),
    })),
  }
}

const golden = { contract, epochs: [epoch(1, 1, 11), epoch(1, 2, 11), epoch(2, 1, 1)] }
writeFileSync(new URL('earnings.json', import.meta.url), `${JSON.stringify(golden, null, 2)}\n`)
