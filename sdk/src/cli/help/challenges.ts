import { PHASES } from '@stellartrain/contracts-client/rules'
import { SORTS } from '../sorts.ts'
import { NETWORK_HELP } from './common.ts'

export const help = `List challenges, newest first. The list comes from the indexer's API.

Usage: stellartrain challenges [options]

Options
  --phase PHASE       ${PHASES.slice(0, 6).join(', ')},
                      ${PHASES.slice(6).join(', ')}
  --query WORDS       words in title, summary or tags
  --sort ORDER        ${SORTS.join(', ')}
  --limit N           how many, up to 200 (default 20)
${NETWORK_HELP}
With --json it prints the API's page: {"data": [CHALLENGE, …], …}. A challenge has the fields of
\`stellartrain status N --json\`, and those that only an index knows.

Examples
  stellartrain challenges --phase open --sort prize
  stellartrain challenges --json | jq '.data[].id'
`
