/** What it means that a challenge's judge is the contract that grades, in plain words; light, for pages that talk to no ledger yet. */

/** Beside who judges, and when. */
export const recountWords =
  'It takes no one’s word: it computes the score on the ledger, from the truth once that is opened and from the work that each solver opens.'

/** For a solver, before it submits. */
export const nonceWords =
  'If the oracles leave your work undecided, you open it to the judge yourself. For that this browser keeps the file and a nonce: save a copy on the page of the submission. Without them you lose this right, and nothing else.'

/** What a maker should know before it names it. */
export function recountCautions({ opensTruth, unique }: { opensTruth: boolean; unique: boolean }): string[] {
  return [
    ...(opensTruth
      ? []
      : [
          'If the oracles leave work undecided, whoever has the truth opens it to the judge: it becomes public then, though the plan keeps it closed.',
        ]),
    ...(unique
      ? [
          'Identical content is a copy: solvers open their work in the first three quarters of the judge’s time, and it is ruled on in the last.',
        ]
      : []),
  ]
}
