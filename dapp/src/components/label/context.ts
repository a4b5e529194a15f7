/** What every part of the desk works with: the work itself, the media of its items, and who listens to the keys. */
import { createContext, useContext } from 'solid-js'
import type { Desk } from '../../lib/label/desk.ts'
import type { Command } from '../../lib/label/keys.ts'
import type { MediaStore } from '../../lib/label/media.ts'

/** True where the key was for it: then it is no command of the desk. */
export type KeyHandler = (event: KeyboardEvent) => boolean

export type DeskParts = {
  desk: Desk
  media: MediaStore
  /** The kind of answer on screen hears keys first. @returns its end */
  listen(handler: KeyHandler): () => void
  /** Pictures hear of zooming. @returns its end */
  onZoom(handler: (command: Extract<Command, 'zoomIn' | 'zoomOut'>) => void): () => void
}

export const DeskContext = createContext<DeskParts>()

export function useDesk(): DeskParts {
  const parts = useContext(DeskContext)
  if (!parts) throw new Error('This is shown on the desk of a labeler only.')
  return parts
}
