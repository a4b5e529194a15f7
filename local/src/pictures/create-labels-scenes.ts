/** Scenes of the wizard for a task of images, each step filled in. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { fillInLabels, writeBricks } from '../e2e/create-labels.ts'
import type { PictureData } from './data.ts'
import type { Scene } from './scene.ts'

class Reached extends Error {}

export function createLabelsScenes({ maker }: PictureData): Scene[] {
  const bricks = () => writeBricks(mkdtempSync(join(tmpdir(), 'stellartrain-bricks-')))
  /** Stops at a step. */
  const upTo = (wanted: string) => async (page: Page) => {
    await fillInLabels(page, bricks(), async (step) => {
      if (step === wanted) throw new Reached()
    }).catch((error: unknown) => {
      if (!(error instanceof Reached)) throw error
    })
  }
  const quiz = async (page: Page) => {
    await upTo('money')(page)
    await page.getByRole('radio', { name: /Whoever passes a quiz/ }).check()
    for (const [label, value] of [
      ['Questions in one try', '2'],
      ['Known items kept for it', '2'],
      ['To get right', '100'],
      ['Tries of an account', '2'],
    ] as const)
      await page.getByRole('region', { name: 'Quiz' }).getByLabel(label).fill(value)
    await page.getByText('Whoever guesses passes with a chance of').waitFor()
  }
  const steps = ['kind', 'items', 'task', 'money', 'oracles', 'review'].map((step) => ({ step, act: upTo(step) }))
  return [...steps, { step: 'quiz', act: quiz }].map(({ step, act }) => ({
    ...{ name: `create-labels-${step}`, path: '/create', as: maker, act },
  }))
}
