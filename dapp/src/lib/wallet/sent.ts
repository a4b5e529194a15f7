/** Runs an action that may be signed, and says of a failure what is known: a signature that was never given sent nothing. */
import { failureWords, type Words } from '../words/errors.ts'
import { signatures } from './session.ts'

/** @returns undefined when it succeeded */
export async function attemptAction(work: () => Promise<unknown>): Promise<Words | undefined> {
  const before = signatures()
  try {
    await work()
    return undefined
  } catch (error) {
    return failureWords(error, signatures() === before ? 'nothing' : 'perhaps')
  }
}
