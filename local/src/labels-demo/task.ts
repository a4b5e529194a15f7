/** The task that is labeled: the digits of `examples/labels`, and what is right about each, which only the measurement knows. */
import { readdirSync, readFileSync } from 'node:fs'
import { computeCid } from '@stellartrain/ipfs-content/import'
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import type { ChallengePlan } from '@stellartrain/sdk/create'
import { ITEMS_FILE, itemsFromMedia, KNOWN_FILE, knownFromCsv, planLabels, sizedTask } from '@stellartrain/sdk/labels'

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

/** @param when the challenge's own times, and who grades */
export async function digits(
  when: Pick<ChallengePlan, 'oracles' | 'deadline' | 'gradeBy' | 'patienceSeconds'>,
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
  const made = planLabels({ table, task, known: knownFromCsv(read('known.csv')) }, labels)
  const plan = {
    ...made.plan,
    ...{ title, summary, description, license, tags, asset, threshold: '0', deposit: '0' },
    ...when,
    media,
    datasets: [{ name: ITEMS_FILE, role: 'test', bytes: made.files[ITEMS_FILE], mediaType: 'text/csv' }],
    truth: made.files[KNOWN_FILE],
  } as unknown as ChallengePlan
  const { answer } = task
  const choices = answer.kind === 'choice' ? answer.choices.map(({ value }) => value) : []
  const { overlap, perItem } = labels
  return { plan, items: made.items, overlap, perItem, choices, truth: knownFromCsv(read('truth.csv')) }
}
