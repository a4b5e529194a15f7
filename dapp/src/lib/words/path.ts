/**
 * The path of a submission as steps: what this browser does before the ledger has it, and the sdk's story from then on. Pure: the
 * same steps draw the page, a row in a list and the live region.
 */
import { capital, partOf } from '@stellartrain/sdk/counted'
import type { Story, StoryStep } from '@stellartrain/sdk/story'

export type StepState = StoryStep['state']
export type Proof = StoryStep['proofs'][number]
export type PathStep = StoryStep

/** What this browser is doing before the ledger knows of the submission, and while the file is handed out after it. */
export type Draft = {
  stage: 'idle' | 'check' | 'ready' | 'seal' | 'sign' | 'send' | 'hand_out' | 'landed'
  /** How many have the file, while it is handed out. */
  taken?: number
  /** How many it is offered to. */
  places?: number
  /** It was handed out, and of all only the IPFS node took it. */
  nodeOnly?: boolean
  /** Oracles that took it from this browser, of all that the challenge has. */
  oraclesTook?: { took: number; of: number }
  cid?: string
  tx?: string
  /** Set when it stopped here; empty where the sentence is elsewhere on the page. */
  failure?: string
}

const ORDER: readonly Draft['stage'][] = ['idle', 'check', 'ready', 'seal', 'sign', 'send', 'hand_out', 'landed']

const step = (id: PathStep['id'], label: string, state: StepState, rest: Partial<PathStep> = {}): PathStep => ({
  ...{ id, label, state, at: null, proofs: [], sentence: null },
  ...rest,
})

/** The steps before the index knows of it, as this browser takes them. */
export function pathOfDraft(draft: Draft): PathStep[] {
  const now = ORDER.indexOf(draft.stage)
  const failed = draft.failure !== undefined
  const state = (first: Draft['stage'], last = first): StepState => {
    if (now > ORDER.indexOf(last)) return 'done'
    if (now < ORDER.indexOf(first)) return 'todo'
    return failed ? 'failed' : 'active'
  }
  const at = (...stages: Draft['stage'][]) => stages.includes(draft.stage)
  const said = (...stages: Draft['stage'][]) => (at(...stages) ? draft.failure || null : null)
  return [
    step('checked', at('check') ? (failed ? 'Check failed' : 'Checking') : 'Checked', state('check'), {
      sentence: said('check'),
    }),
    step('sealed', at('seal') ? (failed ? 'Not sealed' : 'Sealing') : 'Sealed', state('seal'), {
      sentence: said('seal'),
      proofs: draft.cid ? [{ kind: 'cid', value: draft.cid }] : [],
    }),
    step('submitted', submittedLabel(draft.stage, failed), state('sign', 'send'), {
      sentence: said('sign', 'send'),
      proofs: draft.tx ? [{ kind: 'transaction', value: draft.tx }] : [],
    }),
    handed(draft),
    step('queued', 'In the queue', at('landed') ? 'active' : 'todo'),
    step('graded', 'Graded', 'todo'),
    step('paid', 'Paid', 'todo'),
  ]
}

function submittedLabel(stage: Draft['stage'], failed: boolean): string {
  if (stage !== 'sign' && stage !== 'send') return 'Submitted'
  if (failed) return 'Not submitted'
  return stage === 'sign' ? 'Waiting for your signature' : 'Waiting for the ledger'
}

const NODE_ONLY =
  'Of all that it was offered to, only the IPFS node took the sealed file. The oracles fetch it from there.'

/** Where somebody was silent. */
function oraclesWords({ oraclesTook }: Pick<Draft, 'oraclesTook'>): string | null {
  if (!oraclesTook || oraclesTook.took === 0 || oraclesTook.took >= oraclesTook.of) return null
  const { took, of } = oraclesTook
  return `${capital(partOf(took, of, 'oracle'))} took the sealed file from this browser; the others can get it from ${took === 1 ? 'it' : 'them'}.`
}

/** Of several submissions that are handed out together the places are not one number. */
function tookWords({ taken, places }: Draft): string {
  if (!taken) return ''
  return places && taken <= places ? `; ${partOf(taken, places, 'place')} took it` : `; ${taken} took it so far`
}

/** The file leaves this browser only after the ledger has its number: nobody can hand it in before its solver. */
function handed(draft: Draft): PathStep {
  const now = ORDER.indexOf(draft.stage)
  const own = ORDER.indexOf('hand_out')
  if (now !== own)
    return step('handed', 'Handed over', now > own ? 'done' : 'todo', {
      sentence: now <= own ? null : draft.nodeOnly ? NODE_ONLY : oraclesWords(draft),
    })
  if (draft.failure === undefined)
    return step('handed', 'Handing over', 'active', {
      sentence: `The ledger has your submission. Keep this page open until the oracles have the sealed file${tookWords(draft)}.`,
    })
  return step('handed', 'Not handed over yet', 'failed', {
    sentence: draft.failure || 'The oracles do not have the sealed file yet. This page tries again by itself.',
  })
}

/** The steps of a submission that the ledger knows. `draft`: this browser hands the file out, or has done so. */
export function pathOfStory(
  story: Pick<Story, 'steps'>,
  draft?: Pick<Draft, 'stage' | 'taken' | 'places' | 'nodeOnly' | 'oraclesTook' | 'failure'> | null,
): PathStep[] {
  const own = draft?.stage === 'hand_out' || draft?.stage === 'landed' ? draft : undefined
  // A vote or a verdict says that the oracles had the file, or had not, whatever this browser remembers.
  return story.steps.map((step) => {
    if (!own || step.id !== 'handed') return step
    if (step.state === 'todo') return handed(own)
    // Whom it reached from here stays true.
    return step.state === 'done' && step.sentence === null ? { ...step, sentence: oraclesWords(own) } : step
  })
}

/** The step that says where the submission is: the failed or moving one, else the last one reached. */
export function currentStep(steps: PathStep[]): PathStep {
  return (
    steps.find((candidate) => candidate.state === 'failed') ??
    steps.find((candidate) => candidate.state === 'active') ??
    steps.findLast((candidate) => candidate.state === 'done') ??
    steps[0]!
  )
}

/** One sentence for the live region. */
export function pathInWords(steps: PathStep[]): string {
  const at = currentStep(steps)
  return at.sentence && at.state === 'failed' ? `${at.label}. ${at.sentence}` : `${at.label}.`
}

/** A submission in a few words for a list: its verdict where there is one, then what came of it. */
export function storyInWords({ steps, label }: Pick<Story, 'steps' | 'label'>): string {
  const graded = steps.find(({ id }) => id === 'graded')
  return graded && graded.state !== 'todo' && graded.label !== label ? `${graded.label} · ${label}` : label
}
