/** Papers of the challenges in use: a few in memory, the rest fetched again when they are needed. */
import type { Watched } from '../follow/watched.ts'
import { loadPaper, type Paper, type PaperRequest, type PaperSource } from './paper.ts'

export type Shelf = {
  /** The papers of a challenge; concurrent requests share one load, and a failed load is forgotten. Errors as `loadPaper`. */
  take(request: PaperRequest): Promise<Paper>
}

/** @param keep how many papers stay in memory; a truth may have 64 MiB */
export function createShelf(source: PaperSource, signal: AbortSignal, keep = 8): Shelf {
  const papers = new Map<number, Promise<Paper>>()
  return {
    take(request) {
      const loading = papers.get(request.challenge) ?? loadPaper(request, source, signal)
      // Moved to the end: the first in the map is the one that was not used for longest.
      papers.delete(request.challenge)
      papers.set(request.challenge, loading)
      for (const key of papers.keys()) {
        if (papers.size <= keep) break
        papers.delete(key)
      }
      loading.catch(() => papers.get(request.challenge) === loading && papers.delete(request.challenge))
      return loading
    },
  }
}

/** What a challenge's papers are asked by. */
export function requestOf({ id, maker, manifestCid, terms }: Watched): PaperRequest {
  return { challenge: id, maker, manifestCid, opensTruth: terms.opens_truth, oracles: terms.oracles }
}
