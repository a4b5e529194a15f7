/** A system with something of everything: each state that a page can show is there to be drawn. */
import type { Keypair } from '@stellar/stellar-sdk'
import { sleep, view, views } from '@stellartrain/contracts-client'
import { readTasks } from '@stellartrain/sdk/batch'
import { watchSubmission } from '@stellartrain/sdk/submission-status'
import { submitFile } from '@stellartrain/sdk/submit'
import { penguins } from '../challenges/penguins.ts'
import { answers, bounty, guesses, labeling, predictions, ranking } from '../e2e/letters.ts'
import { type Parts, startParts } from '../e2e/parts.ts'
import { fitForest } from '../models/forest.ts'
import { flipperRule } from '../models/rule.ts'
import { DATA, readTable } from '../models/table.ts'

export type PictureData = {
  parts: Parts
  maker: Keypair
  /** Wins the penguins and one ranking. */
  ada: Keypair
  grace: Keypair
  linus: Keypair
  nobody: Keypair
  /** Numbers of challenges. */
  ended: number
  penguins: number
  running: number
  labels: number
  hostile: number
}

const AFTER_THE_DEADLINE = 7_300

export async function makePictureData(): Promise<PictureData> {
  const parts = await startParts()
  try {
    const { sdk: client, fixture } = parts
    const [maker, ada, grace, linus, nobody] = await fixture.people(5)
    const send = async (challenge: number, signer: Keypair, csv: Uint8Array) => {
      const { number } = await submitFile(client, { challenge, csv, signer })
      for await (const { steps } of watchSubmission(client, { challenge, number }, { pollMs: 100 }))
        if (steps.some((step) => step.id === 'graded' && step.state !== 'todo' && step.state !== 'active')) return
    }

    const ended = await parts.open(maker!, ranking)
    await send(ended, ada!, predictions(0, 9))
    await send(ended, grace!, predictions(1, 0))
    await send(ended, linus!, predictions(2, 3))
    await fixture.net.warp(AFTER_THE_DEADLINE)
    while (!(await view(client.chain, views.revealed({ challenge: ended, by: parts.oracle })))) await sleep(300)

    const train = readTable(`${DATA}penguins/train.csv`)
    const test = readTable(`${DATA}penguins/test.csv`)
    const { oracles: _, deadline: __, ...plan } = penguins({ oracles: [parts.oracle], deadline: new Date() })
    const birds = await parts.open(maker!, plan)
    await send(birds, grace!, flipperRule(train, test))
    await send(birds, ada!, fitForest(train, test, 'sex'))

    const running = await parts.open(maker!, { ...ranking, title: 'Letters, the ranking still open' })
    await send(running, ada!, predictions(0, 9))
    await send(running, grace!, predictions(2, 0))
    await send(running, linus!, predictions(5, 5))

    const labels = await parts.open(maker!, labeling)
    const { rows } = await readTasks(client, { challenge: labels, labeler: linus!.publicKey() })
    await send(labels, linus!, answers(rows.map(([id]) => id!)))

    const hostile = await parts.open(maker!, {
      ...bounty,
      title: HOSTILE_TITLE,
      summary: HOSTILE_SUMMARY,
      description: HOSTILE,
    })
    for (const n of [1, 2, 3, 4, 5, 6]) await send(hostile, n % 2 ? grace! : linus!, guesses(n))
    return {
      ...{ parts, maker: maker!, ada: ada!, grace: grace!, linus: linus!, nobody: nobody! },
      ...{ ended, penguins: birds, running, labels, hostile },
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

const HOSTILE_TITLE = '<b>Bold</b> & "quoted" — a title with many words that a maker thought were all of them needed'
const HOSTILE_SUMMARY = `<script>alert(1)</script> ${'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)}`
const HOSTILE = `# A first heading

<details>hidden text</details> after details

<img src=x onerror=alert(1)>
A line directly below, with [a link](https://example.org) and **bold** words.

![A leaf under a lens](https://example.org/leaf.png) and [bad](javascript:alert(1)), [worse](//evil.example).

- [x] a finished task
- [ ] an open one

Inline $\\hat{y}_i = \\sum_j w_j x_{ij}$, a price of $5 or $10, and a footnote.[^1]

$$
\\mathrm{MCC} = \\frac{TP \\cdot TN - FP \\cdot FN}{\\sqrt{(TP+FP)(TP+FN)(TN+FP)(TN+FN)}}
$$

[^1]: The source is [a paper](https://example.org/paper), page 2.

\`\`\`python
import pandas as pd
train = pd.read_csv("train.csv")  # a long line that does not fit on a phone and has to scroll by itself, whatever happens
\`\`\`

| Column | Unit | Meaning | Range | Missing |
|---|---|---|---|---|
| altitude | m | above the sea | 0 to 2400 | 0 % |
| acidity | 1 | tasted | 0 to 10 | 2 % |
`
