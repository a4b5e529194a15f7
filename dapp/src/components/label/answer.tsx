/** The part of the desk where the answer is given, by its kind; what draws or marks is loaded when it is used. */
import { type JSX, lazy, Suspense } from 'solid-js'
import type { ItemValues } from '../../lib/label/items.ts'
import { askedWords, type LabelingTask } from '../../lib/label/task.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { useDesk } from './context.ts'
import { ChoiceKind } from './kinds/choice.tsx'
import { ChoicesKind } from './kinds/choices.tsx'
import { PreferenceKind } from './kinds/preference.tsx'
import { RatingKind } from './kinds/rating.tsx'
import { TextKind } from './kinds/text.tsx'

const SpansKind = lazy(() => import('./kinds/spans.tsx'))
const BoxesKind = lazy(() => import('./kinds/boxes.tsx'))
const PolygonsKind = lazy(() => import('./kinds/polygons.tsx'))
const RankingKind = lazy(() => import('./kinds/ranking.tsx'))

/** Made anew for each item. */
export function AnswerArea(props: { id: string; item: ItemValues }): JSX.Element {
  const { desk } = useDesk()
  return <Suspense fallback={<Skeleton lines={4} />}>{kindOf(desk.task, props)}</Suspense>
}

/** A batch has one task. */
function kindOf(task: LabelingTask, of: { id: string; item: ItemValues }): JSX.Element {
  const { answer } = task
  switch (answer.kind) {
    case 'choice':
      return <ChoiceKind asked={answer} id={of.id} />
    case 'choices':
      return <ChoicesKind asked={answer} id={of.id} />
    case 'text':
    case 'transcription':
      return <TextKind asked={answer} id={of.id} words={askedWords(task)} />
    case 'rating':
      return <RatingKind asked={answer} id={of.id} />
    case 'preference':
      return <PreferenceKind asked={answer} id={of.id} item={of.item} />
    case 'spans':
      return <SpansKind asked={answer} id={of.id} item={of.item} />
    case 'boxes':
      return <BoxesKind asked={answer} id={of.id} item={of.item} />
    case 'polygons':
      return <PolygonsKind asked={answer} id={of.id} item={of.item} />
    case 'ranking':
      return <RankingKind asked={answer} id={of.id} item={of.item} />
  }
}
