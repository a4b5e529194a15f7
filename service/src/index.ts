/** What the three services share; imports nothing of ours. */
export { type Backoff, backoffMs } from './backoff.ts'
export { commonOptions } from './config/common.ts'
export { optionsHelp, optionsTable } from './config/help.ts'
export {
  ConfigError,
  type ConfigOf,
  defaulted,
  type Option,
  type OptionTable,
  optional,
  readOptions,
  required,
} from './config/options.ts'
export {
  amount,
  checked,
  httpUrl,
  InvalidValue,
  list,
  oneOf,
  type Parser,
  secretHex,
  text,
  whole,
} from './config/parsers.ts'
export { keptSecret, SecretDamaged, type SecretFile, writeDurably } from './config/secret-file.ts'
export { signInOptions } from './config/sign-in.ts'
export { ServiceError } from './errors.ts'
export { arrivingBody } from './http/body.ts'
export { answerWith, headersOf } from './http/headers.ts'
export { HEALTH, type HealthDeps, healthRoutes, type Readiness, readinessOf } from './http/health.ts'
export { type FieldError, HttpError } from './http/http-error.ts'
export { type Listening, type ListenOptions, listen } from './http/listen.ts'
export { notFound, onError, type Problem, problem } from './http/problem.ts'
export { requests } from './http/requests.ts'
export { type CalmOptions, calmLog } from './log/calm-log.ts'
export { createLog, LEVELS, type Log, type LogFields, type LogLevel, type LogOptions, silentLog } from './log/log.ts'
export { withoutKeys } from './log/without-keys.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { type ClientOptions, clientAddress, clientKey, isLoopback } from './network/client-address.ts'
export { AddressRefused, addressOf, isPublicAddress, publicLookup } from './network/public-address.ts'
export { type JobMain, type Running, runJob, runService, type ServiceMain, stopOnSignal } from './process/run.ts'
export { noTraces, startTraces, type Traces } from './traces/traces.ts'
export { createPlaces, type EndedBy, type Place, type Places, type PlacesOptions } from './transfers/places.ts'
export { createStreamPlaces, type StreamPlace, type StreamPlaces } from './transfers/stream-places.ts'
export { versionOf } from './version.ts'
