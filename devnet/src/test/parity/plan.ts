/** Writes the plan of a story for the native side: `node plan.ts probe|stellartrain > PLAN.json`. */
import { STORIES } from './stories.ts'

const [name = ''] = process.argv.slice(2)
const story = STORIES.find((candidate) => candidate.name === name)
if (!story) throw new Error(`no story ${name}; there are ${STORIES.map((known) => known.name).join(', ')}`)
process.stdout.write(JSON.stringify((await story.play()).plan()))
