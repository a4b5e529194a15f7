/** A data set as the Hugging Face Hub takes it: one Parquet file and a card, README.md. */

import { parquetWriteBuffer } from 'hyparquet-writer'
import { counted } from '../../system/counted.ts'
import type { Exported } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'
import { freeNames } from './tables.ts'

const TASKS: Readonly<Record<string, string>> = {
  text: 'text-classification',
  image: 'image-classification',
  audio: 'audio-classification',
  spans: 'token-classification',
  boxes: 'object-detection',
  polygons: 'image-segmentation',
  transcription: 'automatic-speech-recognition',
}
/** Licenses that the Hub has a name for. */
const LICENSES: ReadonlySet<string> = new Set([
  'cc0-1.0',
  'cc-by-4.0',
  'cc-by-sa-4.0',
  'cc-by-nc-4.0',
  'mit',
  'apache-2.0',
  'odc-by',
  'odbl',
  'pddl',
])
const SIZES = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
] as const
const OWN = ['answer', 'confidence', 'votes', 'flags', 'batches'] as const
const DATA = 'data/train-00000-of-00001.parquet'

export function huggingface(exported: Exported): ExportFile[] {
  const { labels, items } = exported
  const own = freeNames(OWN, labels.header)
  const text = (name: string, data: (string | null)[]) => ({ name, data, type: 'STRING' as const })
  const columnData = [
    ...labels.header.map((name) =>
      text(
        name,
        items.map(({ id }) => labels.items.get(id)?.[name] ?? ''),
      ),
    ),
    text(
      own.answer,
      items.map(({ answer, cell }) => (answer ? cell : null)),
    ),
    { name: own.confidence, data: items.map(({ confidence }) => confidence), type: 'DOUBLE' as const },
    text(
      own.votes,
      items.map(({ votes }) =>
        JSON.stringify(votes.map(({ labeler, cell, batch }) => ({ labeler, answer: cell, batch }))),
      ),
    ),
    { name: own.flags, data: items.map(({ flags }) => flags), type: 'INT32' as const },
    text(
      own.batches,
      items.map(({ votes }) => JSON.stringify([...new Set(votes.map(({ batch }) => batch))])),
    ),
  ]
  const kvMetadata = [{ key: 'stellartrain', value: `${labels.contract}/${labels.challenge} ${labels.manifestCid}` }]
  const parquet = parquetWriteBuffer({ columnData, kvMetadata })
  return [{ name: DATA, bytes: new Uint8Array(parquet) }, card(exported, own)]
}

/** JSON, which YAML takes as it is, but for characters that it does not print. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** In Markdown the text that a stranger wrote: no link, image, formula or element comes of it. */
const plain = (text: string): string =>
  text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\\`*_[\]<>~$|]|&(?=#?\w+;)/g, '\\$&')

function card({ labels, items, method }: Exported, own: Record<(typeof OWN)[number], string>): ExportFile {
  const { title, task, license, contract, challenge, network, manifestCid, header } = labels
  const { kind } = task.answer
  const named = license.toLowerCase()
  const task_category = TASKS[kind] ?? TASKS[task.show[0]!.as]!
  const size = SIZES.find(([below]) => items.length < below)?.[1] ?? 'n>1M'
  const labeled = items.filter(({ votes }) => votes.length > 0).length
  const lines = [
    '---',
    `pretty_name: ${quoted(title)}`,
    ...(LICENSES.has(named) ? [`license: ${named}`] : ['license: other', `license_name: ${quoted(license)}`]),
    'annotations_creators:',
    '- crowdsourced',
    'task_categories:',
    `- ${task_category}`,
    'size_categories:',
    `- ${size}`,
    'configs:',
    '- config_name: default',
    '  data_files:',
    '  - split: train',
    `    path: ${DATA}`,
    '---',
    '',
    `# ${plain(title)}`,
    '',
    `${counted(items.length, 'item')}, ${labeled === items.length ? 'each' : `${labeled.toLocaleString('en-US')} of them`} labeled: ${counted(labels.votes.length, 'answer')} of ${counted(new Set(labels.votes.map(({ labeler }) => labeler)).size, 'labeler')}, each paid on Stellar.`,
    '',
    '| column | what |',
    '|---|---|',
    ...header.map((name) => `| \`${name.replace(/[`|\s\p{Cc}]+/gu, ' ')}\` | of the item |`),
    `| \`${own.answer}\` | the consensus by \`${method}\`, as the task writes answers of the kind \`${kind}\` |`,
    `| \`${own.confidence}\` | how sure it is, 0 to 1 |`,
    `| \`${own.votes}\` | JSON: each labeler's answer and the batch that it is in |`,
    `| \`${own.flags}\` | labelers that flagged the item as broken |`,
    `| \`${own.batches}\` | JSON: numbers of the batches |`,
    '',
    '## Where it comes from',
    '',
    `Challenge ${challenge} of the contract \`${contract}\` on "${network}", manifest \`ipfs://${manifestCid}\`. \`provenance.json\` has the content hash, the CID and the transaction of each batch.`,
    '',
  ]
  return fileOf('README.md', lines.join('\n'))
}
