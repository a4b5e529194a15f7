/** A challenge's phase as icon, word and tone. */
import type { JSX } from 'solid-js'
import type { Phase } from '../../lib/read/types.ts'
import { phaseWords } from '../../lib/words/phases.ts'
import { Badge, type Tone } from './badge.tsx'
import type { IconName } from './icon.tsx'

const looks: Record<Phase, { tone: Tone; icon: IconName }> = {
  accepting: { tone: 'wait', icon: 'clock' },
  lapsed: { tone: 'bad', icon: 'alert' },
  announced: { tone: 'wait', icon: 'clock' },
  open: { tone: 'accent', icon: 'arrow' },
  grading: { tone: 'wait', icon: 'queue' },
  ranking: { tone: 'wait', icon: 'queue' },
  judging: { tone: 'wait', icon: 'shield' },
  over: { tone: 'neutral', icon: 'check' },
  ended: { tone: 'neutral', icon: 'check' },
  cancelled: { tone: 'neutral', icon: 'cross' },
}

export function PhaseBadge(props: { phase: Phase }): JSX.Element {
  return (
    <Badge tone={looks[props.phase].tone} icon={looks[props.phase].icon} title={phaseWords[props.phase].sentence}>
      {phaseWords[props.phase].word}
    </Badge>
  )
}
