/** The task that is labeled: the digits of `examples/labels`, and what is right about each, which only the measurement knows. */
import { readdirSync, readFileSync } from 'node:fs'
import { computeCid } from '@stellartrain/ipfs-content/import'
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import type { ChallengePlan } from '@stellartrain/sdk/create'
import {
  itemsFromMedia,
  knownFromCsv,
  type LabelsTerms,
  labelsParts,
  planLabels,
  sizedTask,
} from '@stellartrain/sdk/labels'

const FOLDER = new URL('../../../examples/labels/digits/', import.meta.url)
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, FOLDER)))

type Example = Pick<ChallengePlan, 'title' | 'summary' | 'description' | 'license' | 'tags'> & {
  task: LabelingTask
  overlap: number
  minAccuracy: number
  perItem: string
  secondsPerItem: number
  batch: number
  asset: string
}

export type Task = {
  plan: ChallengePlan
  items: number
  overlap: number
  perItem: string
  choices: string[]
  /** What is right, by item. */
  truth: ReadonlyMap<string, string>
}

/** What can be otherwise: how it pays, items of a batch, and how often each picture is an item. */
export type TaskOptions = Partial<Pick<LabelsTerms, 'payout' | 'earnings' | 'batch' | 'perItem'>> & { copies?: number }

/** @param when the challenge's own times, and who grades */
export async function digits(
  when: Pick<ChallengePlan, 'oracles' | 'deadline' | 'gradeBy' | 'patienceSeconds'>,
  { copies = 1, ...terms }: TaskOptions = {},
): Promise<Task> {
  const { title, summary, description, license, tags, asset, ...labels } = JSON.parse(
    new TextDecoder().decode(read('labels.json')),
  ) as Example
  const names = readdirSync(new URL('images/', FOLDER))
  const media = await Promise.all(
    names.map(async (name) => {
      const bytes = read(`images/${name}`)
      return { name, bytes, cid: await computeCid(bytes) }
    }),
  )
  const { table, task } = sizedTask(itemsFromMedia(media), labels.task)
  const id = table.header.indexOf(table.idColumn)
  const again = (copy: number) => (copy === 0 ? '' : `-${copy + 1}`)
  const rows = Array.from({ length: copies }, (_, copy) =>
    table.rows.map((row) => row.map((cell, at) => (at === id ? `${cell}${again(copy)}` : cell))),
  ).flat()
  const repeated = (answers: ReadonlyMap<string, string>) =>
    new Map(
      Array.from({ length: copies }, (_, copy) =>
        [...answers].map(([item, answer]) => [`${item}${again(copy)}`, answer] as const),
      ).flat(),
    )
  const known = repeated(knownFromCsv(read('known.csv')))
  const made = planLabels({ table: { ...table, rows }, task, known }, { ...labels, ...terms })
  const plan = {
    ...labelsParts(made),
    ...{ title, summary, description, license, asset, deposit: '0', media },
    ...(tags && { tags }),
    ...when,
  }
  const { answer } = task
  const choices = answer.kind === 'choice' ? answer.choices.map(({ value }) => value) : []
  const { overlap, perItem } = { ...labels, ...terms }
  return { plan, items: made.items, overlap, perItem, choices, truth: repeated(knownFromCsv(read('truth.csv'))) }
}
