/** A challenge's state as icon, word and tone. */
import type { JSX } from 'solid-js'
import { stateWords } from '../../lib/rules.ts'
import type { ChallengeState } from '../../lib/types.ts'
import { Badge, type Tone } from './badge.tsx'
import type { IconName } from './icon.tsx'

const looks: Record<ChallengeState, { tone: Tone; icon: IconName }> = {
  awaiting_oracles: { tone: 'wait', icon: 'clock' },
  upcoming: { tone: 'wait', icon: 'clock' },
  open: { tone: 'accent', icon: 'arrow' },
  grading: { tone: 'wait', icon: 'queue' },
  ended: { tone: 'neutral', icon: 'check' },
  cancelled: { tone: 'neutral', icon: 'cross' },
  expired: { tone: 'bad', icon: 'alert' },
}

export function StateBadge(props: { state: ChallengeState }): JSX.Element {
  return (
    <Badge tone={looks[props.state].tone} icon={looks[props.state].icon} title={stateWords[props.state].sentence}>
      {stateWords[props.state].word}
    </Badge>
  )
}
