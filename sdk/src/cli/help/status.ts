import { NETWORK_HELP } from './common.ts'

export const help = `Show a challenge, or a submission step by step, read from the chain.

Usage: stellartrain status CHALLENGE
       stellartrain status SUBMISSION

A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --follow            wait until nothing more happens to the submission by itself
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${NETWORK_HELP}
With --json, a challenge has the field names and formats of the API (\`stellartrain challenges --json\`, docs/api.md): amounts are
base units as strings, scores {"units", "value"}, times RFC 3339. What only an index knows is left out.
A submission has challenge, number, solver, attempt, cid, commitment, asset, submitted, payment, atRest and its story: status,
label, why, sentence, next, can, amounts, place, score, units, position, final, steps.

Examples
  stellartrain status 7
  stellartrain status 7/3 --follow
`
