/** The files that items link to, as they were chosen: nothing is on IPFS before the maker signs. */
import { MediaError, type ReadMedia } from '../../label/media.ts'
import type { Source } from './ask.ts'

export function chosenMedia({ media }: Pick<Source, 'media'>): ReadMedia {
  const files = new Map(media.map(({ cid, bytes }) => [cid, bytes]))
  return async (cid) => {
    const bytes = files.get(cid)
    if (bytes) return bytes
    throw new MediaError('It is not among the chosen files.')
  }
}
