/**
 * Where a submission stands on the submit page, as one value: each state holds exactly what is known in it, so that no page
 * can show a file without its check, or a failure without what had been sent by then. Pure; the effects are in `run.ts`.
 */
import type { Words } from '../words/errors.ts'
import { type Draft, type PathStep, pathOfDraft } from '../words/path.ts'
import type { FileCheck } from './precheck.ts'

export type Bytes = Uint8Array<ArrayBuffer>

export type SubmitState =
  | { at: 'empty' }
  | { at: 'reading'; file: File }
  | { at: 'checking'; file: File; bytes: Bytes }
  /** The check itself could not be made; of the file nothing is known. */
  | { at: 'unchecked'; file: File; words: Words }
  | { at: 'checked'; file: File; bytes: Bytes; check: FileCheck }
  | { at: 'sending'; file: File; bytes: Bytes; check: FileCheck; draft: Draft }
  | { at: 'stopped'; file: File; bytes: Bytes; check: FileCheck; draft: Draft; words: Words }
  /** The ledger has it; a reload begins here, without the draft. While its file is handed out, `draft` says how far that is. */
  | { at: 'landed'; number: number; draft: Draft | null }

export type SubmitEvent =
  | { type: 'chosen'; file: File }
  | { type: 'read'; file: File; bytes: Bytes }
  | { type: 'unreadable'; file: File; words: Words }
  | { type: 'checked'; file: File; check: FileCheck }
  | { type: 'submitting' }
  | { type: 'moved'; draft: Draft }
  | { type: 'cancelled' }
  | { type: 'failed'; words: Words }
  | { type: 'landed'; number: number }
  /** Of an earlier visit: the ledger has it, and its file still has to be handed out. */
  | { type: 'resumed'; number: number }
  /** Of the landed one of this number; another file may be on its way meanwhile. */
  | { type: 'handing'; number: number; draft: Draft }
  /** No one took its file yet; `why` may be empty. */
  | { type: 'unheard'; number: number; why: string }
  | { type: 'handed'; number: number }
  | { type: 'again' }

export const startOf = (number: string | undefined): SubmitState =>
  number && /^[1-9]\d{0,8}$/.test(number) ? { at: 'landed', number: Number(number), draft: null } : { at: 'empty' }

/** What follows; an event that comes too late for the present state changes nothing. */
export function next(state: SubmitState, event: SubmitEvent): SubmitState {
  switch (event.type) {
    case 'chosen':
      return state.at === 'sending' || state.at === 'landed' ? state : { at: 'reading', file: event.file }
    case 'read':
      return state.at === 'reading' && state.file === event.file
        ? { at: 'checking', file: event.file, bytes: event.bytes }
        : state
    case 'unreadable':
      return (state.at === 'reading' || state.at === 'checking') && state.file === event.file
        ? { at: 'unchecked', file: event.file, words: event.words }
        : state
    case 'checked':
      return state.at === 'checking' && state.file === event.file
        ? { at: 'checked', file: state.file, bytes: state.bytes, check: event.check }
        : state
    case 'submitting':
      return (state.at === 'checked' && state.check.ok) || state.at === 'stopped'
        ? { ...known(state), at: 'sending', draft: { stage: 'check' } }
        : state
    case 'moved':
      return state.at === 'sending' ? { ...state, draft: event.draft } : state
    case 'cancelled':
      // What was sent cannot be called back: after the signature the page waits for the ledger.
      return state.at === 'sending' && !maybeSent(state.draft) ? { ...known(state), at: 'checked' } : state
    case 'failed':
      return state.at === 'sending' ? { ...known(state), at: 'stopped', draft: state.draft, words: event.words } : state
    case 'landed':
      return state.at === 'sending'
        ? { at: 'landed', number: event.number, draft: { ...state.draft, ...HANDING } }
        : state
    case 'resumed':
      if (state.at === 'empty' || (state.at === 'landed' && state.number === event.number))
        return { at: 'landed', number: event.number, draft: HANDING }
      return state
    case 'handing':
      return isLanded(state, event) ? { ...state, draft: event.draft } : state
    case 'unheard':
      return isLanded(state, event) ? { ...state, draft: { ...state.draft, ...HANDING, failure: event.why } } : state
    case 'handed':
      return isLanded(state, event) ? { ...state, draft: { ...state.draft, stage: 'landed' } } : state
    case 'again':
      return state.at === 'landed' ? { at: 'empty' } : state
  }
}

type Landed = Extract<SubmitState, { at: 'landed' }>
const isLanded = (state: SubmitState, { number }: { number: number }): state is Landed =>
  state.at === 'landed' && state.number === number

const HANDING: Draft = { stage: 'hand_out' }

const known = ({ file, bytes, check }: { file: File; bytes: Bytes; check: FileCheck }) => ({ file, bytes, check })

/** Whether a signed transaction has left this browser, or may have. */
export const maybeSent = ({ stage }: Draft): boolean => stage === 'send' || stage === 'hand_out' || stage === 'landed'

export const fileOf = (state: SubmitState): File | undefined => ('file' in state ? state.file : undefined)

/** The steps of the path as this browser knows them. */
export const stepsOf = (state: SubmitState): PathStep[] => pathOfDraft(draftOf(state))

function draftOf(state: SubmitState): Draft {
  switch (state.at) {
    case 'empty':
      return { stage: 'idle' }
    case 'reading':
    case 'checking':
      return { stage: 'check' }
    case 'unchecked':
      return { stage: 'check', failure: '' }
    case 'checked':
      return state.check.ok ? { stage: 'ready' } : { stage: 'check', failure: '' }
    case 'sending':
      return state.draft
    case 'stopped':
      return { ...state.draft, failure: '' }
    case 'landed':
      return state.draft ?? { stage: 'landed' }
  }
}
