/** What many labelers said together: consensus of labels, quality of labelers, agreement. No input or output, equal to the bit everywhere. */

export { cohenKappa, fleissKappa, krippendorffAlpha, type Level } from './agreement.ts'
export {
  type AgreedBox,
  type AgreedPolygon,
  type BoxShape,
  boxAround,
  boxConsensus,
  type PolygonShape,
  polygonConsensus,
} from './boxes.ts'
export { type BradleyTerry, bradleyTerry, type Preference } from './bradleyterry.ts'
export { type Cluster, type ClusterOptions, clusterParts, type Part } from './clusters.ts'
export { agreementWith, type Consensus } from './consensus.ts'
export { type DawidSkene, type DawidSkeneOptions, dawidSkene, type EmOptions, oneCoinDawidSkene } from './dawidskene.ts'
export { type Glad, type GladOptions, glad } from './glad.ts'
export { type Mace, type MaceOptions, type MaceStart, mace } from './mace.ts'
export { majorityVote, wawa } from './majority.ts'
export { pooledDawidSkene } from './pooleddawidskene.ts'
export { type AgreedSpan, type SpanShape, spanConsensus, spanOverlap } from './spans.ts'
export { type CollectedVotes, collectVotes, indexVotes, type Vote, type Votes } from './votes.ts'
