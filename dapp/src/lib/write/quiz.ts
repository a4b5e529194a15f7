/** The quiz of a labeling challenge, by the sdk's own rules; loaded on demand. */
import { type Quiz, readQuiz, takeQuiz } from '@stellartrain/sdk/quiz'
import { system, walletSigner } from './system.ts'

export type { Quiz }

export const quizOf = (challenge: number, labeler: string): Promise<Quiz> => readQuiz(system(), { challenge, labeler })

/** The wallet signs the answers, which is no transaction. */
export const sendQuiz = (challenge: number, of: { try: number; csv: string }, signal: AbortSignal): Promise<Quiz> =>
  takeQuiz(
    system(),
    { challenge, try: of.try, csv: new TextEncoder().encode(of.csv) },
    { signer: walletSigner(), signal },
  )
