/** Why a batch was rejected, for people, and without a word about which items are known. */
import { BELOW_ACCURACY, LEASE_EXPIRED } from './epoch.ts'

const WHY: Readonly<Record<number, string>> = {
  [BELOW_ACCURACY]:
    'Too few answers in this batch agree with the known ones. Which items are known stays secret: read the instructions and examples again, and appeal if you think that your answers are right.',
  90: 'The batch does not hold as many answers as it states.',
  [LEASE_EXPIRED]: 'The batch arrived after its lease had ended; its items were given to other labelers.',
  95: 'The task does not allow one of the answers in this batch.',
}

export const whyRejected = (reason: number): string =>
  WHY[reason] ?? 'The file is not a batch in the form that the task asks for.'
