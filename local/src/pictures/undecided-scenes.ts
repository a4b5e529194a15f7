/** Scenes of what oracles leave undecided: kept places, a turn that never came, a missing file, the judge's time, and the end. */
import type { PictureData } from './data.ts'
import type { Scene } from './scene.ts'

export function undecidedScenes({ kept, noTurn, noFile, judging, left, judge, ada, maker }: PictureData): Scene[] {
  const at = (challenge: number, rest = '') => `/challenges/${challenge}${rest}`
  const both = (name: string, challenge: number, number: number): Scene[] => [
    { name, path: at(challenge) },
    { name: `${name}-submission`, path: at(challenge, `/submissions/${number}`) },
  ]
  return [
    ...both('kept-place', kept, 1),
    { name: 'kept-place-leaderboard', path: at(kept, '?tab=leaderboard'), as: ada },
    { name: 'kept-place-maker', path: at(kept), as: maker },
    ...both('void', noTurn, 2),
    { name: 'void-own', path: at(noTurn, '/submissions/2'), as: ada },
    ...both('unavailable', noFile, 1),
    ...both('judging', judging, 1),
    { name: 'judge', path: at(judging), as: judge },
    { name: 'judge-submission', path: at(judging, '/submissions/1'), as: judge },
    { name: 'judge-account', path: `/accounts/${judge.publicKey()}`, as: judge },
    ...both('judge-ruled', left.ruled, 1),
    ...both('unsettled', left.unsettled, 1),
    { name: 'unsettled-own', path: at(left.unsettled, '/submissions/1'), as: ada },
    { name: 'ranking-by-table', path: at(left.byTable, '?tab=leaderboard') },
    { name: 'ranking-by-table-submission', path: at(left.byTable, '/submissions/1') },
    { name: 'ranking-by-judge', path: at(left.byJudge, '?tab=leaderboard') },
    { name: 'ranking-by-judge-submission', path: at(left.byJudge, '/submissions/2') },
  ]
}
