/** Who may label: everyone, or whoever passes a quiz of known items; and how often guessing would pass it. */
import { answerCells } from '@stellartrain/ipfs-content/labeling'
import { GUESSED_TOO_OFTEN, guessedQuiz } from '@stellartrain/sdk/labels-amounts'
import { type JSX, Show } from 'solid-js'
import { type LabelsForm, quizOf } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { formatCount } from '../../../lib/words/format.ts'
import { Given } from '../../ui/given.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Choice } from '../choice.tsx'
import { LabelsField } from '../form-field.tsx'

export function QuizFields(props: { state: CreateState }): JSX.Element {
  const { labels } = props.state
  const known = () => labels.source()?.known.size
  const guessed = () => {
    const [source, quiz] = [labels.source(), quizOf(labels.form)]
    const cells = source && answerCells(source.task)
    if (!cells || !quiz || !Object.values(quiz).every((value) => value > 0)) return undefined
    return guessedQuiz({ ...quiz, choices: cells.length })
  }
  return (
    <div class="grid gap-5">
      <Choice
        label="Who may label"
        value={labels.form.labelers}
        onChange={(labelers) => labels.set({ labelers: labelers as LabelsForm['labelers'] })}
        options={[
          { value: 'everyone', label: 'Everyone', hint: 'Known items in each batch judge what they submit.' },
          {
            value: 'quiz',
            label: 'Whoever passes a quiz',
            hint: 'Before the first batch the oracles ask some of your known items. Those are not labeled, for whoever takes the quiz sees them.',
          },
        ]}
      />
      <Show when={labels.form.labelers === 'quiz'}>
        <section class="grid sm:grid-cols-2 gap-5" aria-label="Quiz">
          <LabelsField
            state={props.state}
            name="quizQuestions"
            label="Questions in one try"
            hint="Others for each labeler and each try."
          />
          <LabelsField
            state={props.state}
            name="quizItems"
            label="Known items kept for it"
            hint={`${known() === undefined ? 'Your' : `Of your ${formatCount(known()!, 'known item')};`} the rest judges batches.`}
          />
          <LabelsField
            state={props.state}
            name="quizAccuracy"
            label="To get right"
            suffix="%"
            hint="Of the questions of one try, at least."
          />
          <LabelsField
            state={props.state}
            name="quizTries"
            label="Tries of an account"
            hint="With a wait after each that was not enough."
          />
        </section>
        <Given when={guessed()}>
          {(chance) => (
            <Notice
              tone={chance() > GUESSED_TOO_OFTEN ? 'wait' : 'info'}
              title={`Whoever guesses passes with a chance of ${percent(chance())}`}
            >
              {chance() > GUESSED_TOO_OFTEN
                ? 'Accounts cost little, so that is too often: ask more questions, or for more right answers.'
                : 'New accounts try again: oracles bound how many tries they judge in an hour.'}
            </Notice>
          )}
        </Given>
      </Show>
    </div>
  )
}

const percent = (chance: number): string =>
  chance < 0.001 ? 'less than 0.1 %' : `${(chance * 100).toFixed(chance < 0.1 ? 1 : 0)} %`
