/**
 * What a plan file of `stellartrain create` holds: one schema, by which the command checks and from which the published
 * `schema/plan.schema.json` is made (`npm run schema -w @stellartrain/sdk`).
 *
 * What options of the command can give is optional here, and rules across fields are the command's.
 */

import { RECOUNT } from '@stellartrain/contracts-client/recount-rules'
import { manifestSchema, metricSchema } from '@stellartrain/ipfs-content/manifest'
import { isAddress, isContract } from '@stellartrain/ipfs-content/strkey'
import * as z from 'zod/mini'
import { WHERE_ORACLES } from '../oracles/where.ts'
import { UsageError } from './io.ts'

const of = manifestSchema.shape
const dataset = of.datasets.def.element.shape

export const says = (error: string) => ({ error })
/** A copy: descriptions are kept for the whole process, and what is described here may be a part of a manifest's schema. */
export const described = <S extends z.ZodMiniType>(schema: S, description: string): S => {
  const own = schema.clone()
  z.globalRegistry.add(own, { description })
  return own
}

/** A number is taken too, for what JSON can say exactly. */
const decimalOr = (error: string) =>
  z.union([z.string().check(z.regex(/^-?\d{1,20}(\.\d{1,18})?$/, says(error))), z.number()], says(error))
export const decimal = decimalOr('expected a decimal amount such as "1.5"')
const score = decimalOr('expected a score such as "0.85"')
export const whole = z.int(says('expected a whole number from 1')).check(z.minimum(1), z.maximum(0xffff_ffff))
const TIME = /^\+\d{1,6}[smhd]$|^\d{4}-\d{2}-\d{2}/
const time = z
  .string(says('expected a time such as "2027-01-31T12:00Z" or "+3d"'))
  .check(z.regex(TIME, says('expected a time such as "2027-01-31T12:00Z" or "+3d"')))
export const path = z.string(says('expected the path of a file')).check(z.minLength(1))
const yes = z.boolean(says('expected true or false'))
const strkey = (pattern: RegExp, test: (text: string) => boolean, error: string) =>
  z.string(says(error)).check(z.regex(pattern, { error, abort: true }), z.refine(test, says(error)))
const CHECKSUM = 'with 56 characters and a valid checksum'
const address = strkey(/^[GC][A-Z2-7]{55}$/, isAddress, `expected an address, G… or C… ${CHECKSUM}`)
const judge = z.union([z.literal(RECOUNT), address], says(`expected "${RECOUNT}" or an address, G… or C… ${CHECKSUM}`))
const contract = strkey(/^C[A-Z2-7]{55}$/, isContract, `expected a contract, C… ${CHECKSUM}`)

const payout = z.discriminatedUnion(
  'rule',
  [
    z.strictObject({ rule: z.literal('bounty'), reward: decimal, winners: whole }),
    z.strictObject({
      rule: z.literal('ranked'),
      prizes: z
        .array(decimal, says('expected a list of amounts, the largest first, such as ["60", "30", "10"]'))
        .check(z.minLength(1)),
    }),
    z.strictObject({ rule: z.literal('per_unit'), rate: decimal, maxUnits: whole, prize: decimal }),
    z.strictObject({ rule: z.literal('earnings'), prize: decimal }),
  ],
  says('expected an object whose "rule" is "bounty", "ranked", "per_unit" or "earnings"'),
)

export const planSchema = z.strictObject({
  $schema: z.optional(z.string()),
  title: z.optional(of.title),
  summary: z.optional(of.summary),
  description: described(z.optional(of.description), 'Markdown; or descriptionFile.'),
  descriptionFile: described(z.optional(path), 'Path of a Markdown file, from the plan file on.'),
  license: z.optional(of.license),
  tags: z.optional(of.tags),
  datasets: z.optional(
    z.array(
      z.strictObject({
        role: dataset.role,
        file: described(path, 'Path, from the plan file on.'),
        name: described(z.optional(dataset.name), 'The name of the file unless given.'),
        mediaType: z.optional(dataset.mediaType),
        columns: dataset.columns,
        version: z.optional(dataset.version),
        previous: z.optional(dataset.previous),
        newVersionOf: described(
          z.optional(
            z.string().check(z.regex(/^[1-9]\d{0,8}\/.+$/, says('expected CHALLENGE/NAME, such as "7/train.csv"'))),
          ),
          'The version before, as CHALLENGE/NAME; version and previous follow from it.',
        ),
      }),
      says('expected a list of files, each with "role" and "file"'),
    ),
  ),
  truth: described(z.optional(path), 'Path of a CSV of id and value; for a ranking also usage: public or private.'),
  submission: z.optional(of.submission),
  metric: z.optional(z.strictObject({ id: metricSchema.shape.id, params: z.optional(metricSchema.shape.params) })),
  baseline: z.optional(
    z.strictObject({
      description: of.baseline.shape.description,
      dataset: of.baseline.shape.dataset,
      score: z.optional(of.baseline.shape.score),
    }),
  ),
  labeling: of.labeling,
  publishes: z.optional(of.opens),
  asset: described(
    z.optional(z.string()),
    'XLM, CODE:ISSUER, a token contract, or the code of an asset that the system knows.',
  ),
  reward: described(z.optional(decimal), 'To each winner of a bounty; or payout.'),
  winners: z.optional(whole),
  payout: z.optional(payout),
  threshold: described(z.optional(score), 'What a rounded score must reach.'),
  step: z.optional(decimal),
  deposit: z.optional(decimal),
  attempts: z.optional(whole),
  attemptsPerDay: z.optional(whole),
  uniqueContent: z.optional(yes),
  oracles: z.optional(
    z.array(address, says('expected a list of one, three or five addresses')).check(z.minLength(1), z.maxLength(5)),
  ),
  oracleFee: z.optional(decimal),
  feeBudget: z.optional(decimal),
  judge: described(
    z.optional(
      z.union(
        [judge, z.strictObject({ address: judge, judgeBy: z.optional(time) })],
        says('expected "recount", an address, or an object of "address" and "judgeBy"'),
      ),
    ),
    'Who decides what the oracles leave undecided: "recount" for the contract that computes the score on the ledger, or an account or contract.',
  ),
  gate: z.optional(contract),
  opens: z.optional(time),
  deadline: z.optional(time),
  acceptBy: z.optional(time),
  gradeBy: z.optional(time),
  patienceSeconds: z.optional(whole),
})

export type PlanFile = z.output<typeof planSchema>

/** The published JSON Schema, draft 2020-12. */
export const planJsonSchema = (): object => ({
  ...z.toJSONSchema(planSchema),
  title: 'Plan of a StellarTrain challenge',
  description: 'What `stellartrain create PLAN.json` takes; what its options give may be missing.',
})

export const checkPlan = (plan: object): PlanFile => checkFields(planSchema, plan, 'plan')

/** What is missing by a rule across fields, and what would do. */
export type Lacking = Readonly<{ field: string; expected: string }>

/**
 * @param lacking of fields that the schema lets be missing: told with what else is wrong, so that nobody mends a file in turns
 * @throws UsageError that names the field, what it holds and what it should
 */
export function checkFields<S extends z.ZodMiniType>(
  schema: S,
  value: object,
  name: string,
  lacking: readonly Lacking[] = [],
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success && lacking.length === 0) return result.data
  const issues = result.error?.issues ?? []
  const lines = [
    ...issues.slice(0, 5).map((issue) => sentence(value, issue, name)),
    ...lacking.map(({ field, expected }) => `"${field}" of the ${name} is missing: ${expected}.`),
  ]
  if ([...issues.map(({ path: [field] }) => field), ...lacking.map(({ field }) => field)].includes('oracles'))
    lines.push(WHERE_ORACLES)
  // A value that breaks several rules of one field is told once.
  throw new UsageError([...new Set(lines)].join('\n'))
}

type Issue = z.core.$ZodIssue

function sentence(plan: object, issue: Issue, of: string): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${[...issue.path, key].join('.')}"`)
    return `The ${of} has ${names.join(', ')}, which no ${of} has.`
  }
  const name = issue.path.join('.')
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], plan)
  const message = issue.message.replace(/^Invalid input: /, '').replace(/, received undefined$/, '')
  const has = value === undefined ? 'is missing' : `is ${shown(value)}`
  return `"${name}" of the ${of} ${has}: ${message}.`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
