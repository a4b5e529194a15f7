/** Papers of the challenges in use: a few in memory, the rest fetched again when they are needed. */
import { isRanked, maxUnits } from '../accept/rules.ts'
import type { Watched } from '../follow/watched.ts'
import { loadPaper, type Paper, type PaperRequest, type PaperSource } from './paper.ts'

export type Shelf = {
  /** The papers of a challenge; concurrent requests share one load, and a failed load is forgotten. Errors as `loadPaper`. */
  take(request: PaperRequest): Promise<Paper>
}

/** Truths kept in memory, in number and bytes; the one that was used last always stays. */
const MOST_PAPERS = 32
const MOST_BYTES = 256 * 1024 * 1024

export function createShelf(source: PaperSource, signal: AbortSignal): Shelf {
  const papers = new Map<number, { loading: Promise<Paper>; bytes: number }>()

  function makeRoom(): void {
    let bytes = [...papers.values()].reduce((sum, paper) => sum + paper.bytes, 0)
    for (const [key, paper] of papers) {
      if (papers.size === 1 || (papers.size <= MOST_PAPERS && bytes <= MOST_BYTES)) return
      papers.delete(key)
      bytes -= paper.bytes
    }
  }

  return {
    take(request) {
      const held = papers.get(request.challenge) ?? { loading: loadPaper(request, source, signal), bytes: 0 }
      // Moved to the end: the first in the map is the one that was not used for longest.
      papers.delete(request.challenge)
      papers.set(request.challenge, held)
      held.loading.then(
        (paper) => {
          held.bytes = paper.truth.csv.length + (paper.labeling?.items.length ?? 0)
          makeRoom()
        },
        () => papers.get(request.challenge) === held && papers.delete(request.challenge),
      )
      return held.loading
    },
  }
}

/** What a challenge's papers are asked by. */
export function requestOf({ id, maker, manifestCid, terms }: Watched): PaperRequest {
  const ranked = isRanked(terms)
  return {
    challenge: id,
    maker,
    manifestCid,
    opensTruth: terms.opens_truth,
    ranked,
    maxUnits: maxUnits(terms),
    oracles: terms.oracles,
  }
}
