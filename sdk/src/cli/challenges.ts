/** `stellartrain challenges`: the list, from the API. */

import { PHASES } from '@stellartrain/contracts-client/rules'
import { toDecimal } from '@stellartrain/contracts-client/units'
import { type ChallengeSummary, createApi } from '../system/api.ts'
import { counted } from '../system/counted.ts'
import { parse, wholeNumber } from './args.ts'
import { NETWORK_OPTIONS, readConfig } from './config.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'

import { SORTS } from './sorts.ts'

export const challenges: Command = {
  async run(args, io) {
    const { values } = parse(
      args,
      {
        ...NETWORK_OPTIONS,
        phase: { type: 'string' },
        query: { type: 'string' },
        sort: { type: 'string' },
        limit: { type: 'string' },
      },
      0,
    )
    const phase = oneOf('--phase', PHASES, values.phase)
    const sort = oneOf('--sort', SORTS, values.sort)
    const limit = values.limit === undefined ? 20 : wholeNumber('--limit', values.limit, { to: 200 })
    const api = createApi(readConfig(values, io, ['apiUrl']))
    const page = await api.challenges(
      { limit, ...(phase ? { phase } : {}), ...(sort ? { sort } : {}), ...(values.query ? { q: values.query } : {}) },
      { signal: io.signal },
    )
    if (values.json) {
      printJson(io, page)
      return EXIT.ok
    }
    if (page.data.length === 0) io.stdout('No challenges.\n')
    for (const challenge of page.data) io.stdout(row(challenge))
    return EXIT.ok
  },
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: string | undefined): T | undefined {
  if (value === undefined) return undefined
  const found = allowed.find((one) => one === value)
  if (!found) throw new UsageError(`${name} is one of ${allowed.join(', ')}, not "${value}".`)
  return found
}

function row(challenge: ChallengeSummary): string {
  const { asset, info, payout } = challenge
  const money = (amount: string) => `${toDecimal(BigInt(amount), asset.decimals ?? 7)} ${asset.code ?? asset.contract}`
  const sign = challenge.direction === 'maximize' ? '≥' : '≤'
  const prize = prizeText(payout, money)
  const best = challenge.best
    ? `, best ${challenge.best.value}`
    : challenge.completeness?.unknown.includes('best')
      ? ', best not known'
      : ''
  const goal =
    payout.rule === 'earnings' || payout.rule === 'per_unit'
      ? ''
      : ` for ${info?.metric ?? 'score'} ${sign} ${challenge.threshold.value}${best}`
  return [
    `${String(challenge.id).padStart(4)}  ${info?.title ?? '(manifest not read yet)'}  [${challenge.phase}]\n`,
    `      ${prize}${goal}; `,
    `${submissionsOf(challenge)}; ${untilWhen(challenge)}\n`,
  ].join('')
}

function submissionsOf({ submissions, solvers }: ChallengeSummary): string {
  if (submissions === 0) return 'no submissions yet'
  const by = solvers === null ? 'by solvers not known' : `by ${counted(solvers, 'solver')}`
  return `${counted(submissions, 'submission')} ${by}`
}

/** As everywhere else, without milliseconds. */
const shown = (date: string): string => date.replace(/\.000Z$/, 'Z')

/** What the next date is for whoever reads the list; of what takes nothing any more, that it does. */
function untilWhen({ phase, opens, deadline }: ChallengeSummary): string {
  if (phase === 'cancelled' || phase === 'lapsed') return 'takes no submissions'
  if (phase === 'announced') return `opens ${shown(opens)}, until ${shown(deadline)}`
  return phase === 'open' || phase === 'accepting' ? `until ${shown(deadline)}` : 'submissions have ended'
}

/** Any rule, also one that this version does not know: a list must not end at a stranger's challenge. */
type AnyPayout = { rule: string; reward?: string; winners?: number; prizes?: readonly string[]; rate?: string }

function prizeText({ rule, reward, winners, prizes, rate }: AnyPayout, money: (amount: string) => string): string {
  if (reward !== undefined)
    return winners === undefined || winners === 1 ? money(reward) : `${winners} × ${money(reward)}`
  if (prizes !== undefined) return `${prizes.map(money).join(', ')} by rank`
  if (rate !== undefined) return `${money(rate)} for each accepted unit`
  return rule.replaceAll('_', ' ')
}
