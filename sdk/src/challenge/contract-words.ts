/** What is known of a contract that a challenge names as its judge or its gate, in plain words. */

import { counted, partOf } from '../system/counted.ts'
import type { Gate } from './gate.ts'
import type { Jury } from './jury.ts'
import { recountWords } from './recount-words.ts'

const list = (all: readonly string[]): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

/** `here`: the contract whose challenge names it. */
export function juryWords(jury: Jury | null, here: string): string {
  if (!jury) return 'No one here knows how this contract decides.'
  const { jurors, majority, known, stellartrain } = jury
  if (stellartrain !== here) return `It is a jury for challenges of ${stellartrain}: here it can decide nothing.`
  const who = `${partOf(majority, jurors.length, 'juror', { verb: ['rules', 'rule'] })}: ${list(jurors)}.`
  return known
    ? `It is a jury: ${who} A jury cannot rank.`
    : `It says that it is a jury. ${NOT_OURS} By its own word ${who}`
}

/**
 * Of a judge that grades, whose code is known.
 * @param stellartrain the main contract that it serves
 * @param followed whether the index that is asked has its events
 */
export function gradingWords(stellartrain: string, here: string, followed: boolean): string {
  if (stellartrain !== here) return `It grades challenges of ${stellartrain}: here it can decide nothing.`
  return followed
    ? recountWords
    : `${recountWords} The index does not follow this contract: what is opened to it is not shown here. \`stellartrain appeal\` and \`stellartrain verify\` read it from the ledger.`
}

export function gateKnownWords(gate: Gate | null): string {
  if (!gate) return 'No one here knows what this contract asks.'
  const { owner, qualification, known } = gate
  const record = qualification
    ? `, and solvers who have ${counted(qualification.paidSubmissions, 'paid submission')} or more on record`
    : ''
  const asks = `It admits solvers whom ${owner} invited${record}.`
  return known ? asks : `It says that it is a gate by invitation. ${NOT_OURS} By its own word: ${asks}`
}

const NOT_OURS = 'Its code is not the one of this repository, so that may be false.'
