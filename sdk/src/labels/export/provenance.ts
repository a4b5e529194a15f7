/** The way from every exported label back to the ledger, beside each export. */
import type { Exported } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'

/**
 * Who checks it reads the content hash of each batch from the contract, computes that of the file under its CID (`stellartrain download
 * --all` does both), and finds the vote in the file. By earnings it reads the report that the transaction posted, whose leaves give the
 * root on the chain; the report names the list of work, and that the batch as its labeler signed it.
 */
export function provenance({ labels, items, method }: Exported): ExportFile {
  const { network, contract, challenge, maker, manifestCid, itemsCid, title, license } = labels
  const labeled = items.filter(({ votes }) => votes.length > 0)
  const document = {
    ...{ format: 'stellartrain/labels-provenance', version: 1, network, contract, challenge, maker, title, license },
    ...{ manifest: manifestCid, items: itemsCid, method },
    coverage: { items: items.length, labeled: labeled.length, votes: labels.votes.length },
    batches: labels.batches,
    /** Numbers of the batches that each item's votes are in. */
    itemBatches: Object.fromEntries(items.map(({ id, votes }) => [id, votes.map(({ batch }) => batch)])),
    refused: labels.refused,
    missing: labels.missing,
  }
  return fileOf('provenance.json', `${JSON.stringify(document, null, 2)}\n`)
}
