/** Of a challenge that an evaluator scores: which file that is, where to read it, and what it may use. */
import type { JSX } from 'solid-js'
import { EVALUATOR_TRUST, evaluatorOf } from '../../lib/content/evaluator.ts'
import type { Manifest } from '../../lib/content/manifest.ts'
import { ipfsLink } from '../../lib/site/links.ts'
import { formatBytes } from '../../lib/words/format.ts'
import { Hash } from '../ui/hash.tsx'

/** Rows for the table of rules; none where the metric is one of the engine's. */
export function evaluatorRows(manifest: Manifest | undefined): [string, JSX.Element][] {
  const evaluator = manifest && evaluatorOf(manifest)
  if (!evaluator) return []
  const { params } = manifest.metric
  const more = Array.isArray(params.truth_columns) ? params.truth_columns.map(String) : []
  return [
    [
      'Evaluator',
      <span>
        <code class="num text-sm [overflow-wrap:anywhere]">{evaluator.name}</code>,{' '}
        {params.language === 'python' ? 'a Python program' : 'a WebAssembly module'} of the maker’s (
        {formatBytes(evaluator.bytes)}), CID{' '}
        <Hash value={evaluator.cid} what="CID of the evaluator" href={ipfsLink(evaluator.cid)} external />
        <span class="block text-ink-3">{EVALUATOR_TRUST}</span>
      </span>,
    ],
    ['Better is', params.direction === 'minimize' ? 'a smaller score' : 'a greater score'],
    ...(more.length > 0
      ? ([['It also reads', `columns of the truth that no submission has: ${more.join(', ')}`]] as [string, string][])
      : []),
  ]
}
