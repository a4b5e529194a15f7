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
  return ['kind', 'items', 'task', 'money', 'oracles', 'review'].map((step) => ({
    ...{ name: `create-labels-${step}`, path: '/create', as: maker, act: upTo(step) },
  }))
}
