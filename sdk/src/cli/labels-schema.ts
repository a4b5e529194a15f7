/** What a labels file of `stellartrain labels create` holds: one schema, by which the command checks and from which `schema/labels.schema.json` is made. */
import { labelingTaskSchema } from '@stellartrain/ipfs-content/labeling'
import { manifestSchema } from '@stellartrain/ipfs-content/manifest'
import * as z from 'zod/mini'
import { checkFields, decimal, described, type Lacking, path, planSchema, says, whole } from './plan-schema.ts'

const plan = planSchema.shape
const labeling = manifestSchema.shape.labeling.def.innerType.shape

const quiz = labeling.quiz.def.innerType.shape

const RESULTS = 'expected "everyone" or an age key (age1…)'

export const labelsSchema = z.strictObject({
  $schema: z.optional(z.string()),
  title: plan.title.def.innerType,
  summary: plan.summary.def.innerType,
  description: plan.description,
  descriptionFile: plan.descriptionFile,
  license: plan.license.def.innerType,
  tags: plan.tags,
  items: described(
    path,
    'Path of a CSV (.csv), JSON Lines (.jsonl), Label Studio tasks (.json), or of a folder of images or sounds.',
  ),
  idColumn: described(
    z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    'Of CSV and JSON Lines; id unless given.',
  ),
  labelStudio: described(z.optional(path), "Path of Label Studio's labeling configuration (XML): gives the task."),
  task: described(z.optional(labelingTaskSchema), 'What labelers see and answer; without it, labelStudio.'),
  instructions: described(labelingTaskSchema.shape.instructions, 'Beside labelStudio, which has none.'),
  known: z.optional(
    z.union(
      [path, z.strictObject({ column: z.string().check(z.minLength(1), z.maxLength(100)) })],
      says('expected the path of a CSV of id and answer, or {"column": "name of a column of the items"}'),
    ),
  ),
  overlap: labeling.overlap,
  minAccuracy: z.optional(labeling.minAccuracy),
  perItem: described(decimal, 'Paid for each accepted answer.'),
  secondsPerItem: labeling.secondsPerItem,
  batch: described(z.optional(whole), 'Items of a full batch; 10 unless given, or fewer where the budget is small.'),
  payout: described(
    z.optional(z.enum(['per_unit', 'earnings'], says('expected "per_unit" or "earnings"'))),
    'per_unit: an accepted batch is paid at once. earnings: the oracles post what was earned, and labelers pay no fee.',
  ),
  budget: described(
    z.optional(decimal),
    'All that can be paid out; items × overlap × perItem unless given. Per unit at least 20 × batch × perItem, for a full batch may earn at most a twentieth; what is not earned comes back after the end.',
  ),
  results: described(
    z.optional(z.string(says(RESULTS)).check(z.regex(/^(everyone|age1[02-9ac-hj-np-z]{58})$/, says(RESULTS)))),
    'Who can read the labels: everyone after the end, or whoever has this age key, at any time. Without it a key is made for you (--identity).',
  ),
  private: described(
    z.optional(z.boolean()),
    'Whether the items are sealed, and shown only to whoever leases them; files beside them are sealed with them, those elsewhere are not.',
  ),
  earnings: described(
    z.optional(
      z.strictObject({
        epochSeconds: labeling.epochSeconds,
        reviewer: labeling.reviewer,
        quality: labeling.quality,
      }),
    ),
    'By earnings: seconds between epochs, who decides appeals, and pay by the agreement with other labelers.',
  ),
  quiz: described(
    z.optional(
      z.strictObject({
        questions: z.optional(quiz.questions),
        items: z.optional(whole),
        minAccuracy: z.optional(quiz.minAccuracy),
        tries: z.optional(quiz.tries),
      }),
    ),
    'Who may label: whoever answers so many known items right. `items` of the known ones are kept for it and not labeled; 4 × questions unless given. questions: 5, minAccuracy: 0.8, tries: 2.',
  ),
  asset: plan.asset,
  deposit: plan.deposit,
  oracles: plan.oracles,
  oracleFee: plan.oracleFee,
  feeBudget: plan.feeBudget,
  judge: plan.judge,
  gate: plan.gate,
  opens: plan.opens,
  deadline: plan.deadline,
  acceptBy: plan.acceptBy,
  gradeBy: plan.gradeBy,
  patienceSeconds: plan.patienceSeconds,
})

export type LabelsFile = z.output<typeof labelsSchema>

/** The published JSON Schema, draft 2020-12. */
export const labelsJsonSchema = (): object => ({
  ...z.toJSONSchema(labelsSchema),
  title: 'Labels file of a StellarTrain challenge',
  description: 'What `stellartrain labels create FILE` takes; what its options give may be missing.',
})

/**
 * @param options of the command, which can stand for fields
 * @throws UsageError that names the field, what it holds and what it should
 */
export const checkLabels = (value: object, options: { oracle?: unknown; deadline?: unknown } = {}): LabelsFile =>
  checkFields(labelsSchema, value, 'labels file', lackingIn(value, options))

/** What either of two fields, or an option, has to give. */
function lackingIn(value: object, options: { oracle?: unknown; deadline?: unknown }): Lacking[] {
  const has = (...names: (keyof LabelsFile)[]) =>
    names.some((name) => (value as Partial<LabelsFile>)[name] !== undefined)
  const needed: (Lacking & { given: boolean })[] = [
    {
      ...{ field: 'task', given: has('task', 'labelStudio') },
      expected: 'expected what labelers see and answer, or Label Studio’s configuration in "labelStudio"',
    },
    {
      // Label Studio's tasks can have them.
      ...{ field: 'known', given: has('known', 'labelStudio') },
      expected:
        'expected the path of a CSV of id and answer, or {"column": "name of a column of the items"}, for about a tenth of the items; batches are judged by them',
    },
    {
      ...{ field: 'description', given: has('description', 'descriptionFile') },
      expected: 'expected Markdown, or the path of a file in "descriptionFile"',
    },
    {
      ...{ field: 'deadline', given: has('deadline') || options.deadline !== undefined },
      expected: 'expected a time such as "2027-01-31T12:00Z" or "+3d", or --deadline',
    },
    {
      ...{ field: 'oracles', given: has('oracles') || options.oracle !== undefined },
      expected: 'expected a list of one, three or five addresses, or --oracle',
    },
  ]
  return needed.filter(({ given }) => !given)
}
