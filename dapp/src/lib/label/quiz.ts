/** The quiz before the first batch: how the connected account stands, the try that is being answered, and what became of it. */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { createTask } from '../reactive/task.ts'
import { wallet } from '../wallet/session.ts'
import { failureWords, type Words } from '../words/errors.ts'
import type { Quiz } from '../write/quiz.ts'

export type QuizRun = {
  /** Undefined while it is not known, where none is asked for, and without a wallet. */
  quiz: Accessor<Quiz | undefined>
  /** Whether the account has to pass one first, as far as is known: an account that was not asked about yet has to. */
  needed: Accessor<boolean>
  failure: Accessor<unknown>
  /** The try that is being answered. */
  taking: Accessor<Quiz | undefined>
  begin(): void
  leave(): void
  sending: Accessor<boolean>
  sendFailure: Accessor<Words | undefined>
  /** The last try was judged, and was not enough. */
  failed: Accessor<boolean>
  send(csv: string): Promise<void>
  again(): void
}

export function createQuiz(of: { challenge: Accessor<number>; asked: Accessor<boolean> }): QuizRun {
  const [taking, setTaking] = createSignal<Quiz>()
  const [judged, setJudged] = createSignal<Quiz>()
  const [sending, setSending] = createSignal(false)
  const [sendFailure, setSendFailure] = createSignal<Words>()
  const gone = new AbortController()
  onCleanup(() => gone.abort())
  const read = createTask(
    () => {
      const labeler = wallet()?.address
      return of.asked() && labeler ? `${of.challenge()} ${labeler}` : undefined
    },
    async (asked) => {
      const [challenge, labeler = ''] = asked.split(' ')
      return (await import('../write/quiz.ts')).quizOf(Number(challenge), labeler)
    },
  )
  const own = () => {
    const last = judged()
    return last?.labeler === wallet()?.address ? last : undefined
  }
  const quiz = () => own() ?? read.value()
  return {
    quiz,
    needed: () => of.asked() && quiz()?.admitted !== true,
    failure: read.failure,
    // Another account's questions are not this one's.
    taking: () => (taking()?.labeler === wallet()?.address ? taking() : undefined),
    begin() {
      setSendFailure(undefined)
      setTaking(quiz())
    },
    leave: () => void setTaking(undefined),
    sending,
    sendFailure,
    failed: () => own()?.admitted === false,
    async send(csv) {
      const now = taking()
      if (!now || sending()) return
      setSending(true)
      setSendFailure(undefined)
      try {
        const { sendQuiz } = await import('../write/quiz.ts')
        setJudged(await sendQuiz(of.challenge(), { try: now.try, csv }, gone.signal))
        setTaking(undefined)
      } catch (error) {
        // Repeating it is safe: oracles know the answers that they judged.
        if (!gone.signal.aborted) setSendFailure(failureWords(error, 'nothing'))
      } finally {
        setSending(false)
      }
    },
    again() {
      setJudged(undefined)
      read.again()
    },
  }
}
