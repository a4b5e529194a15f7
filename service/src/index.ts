/** What the three services share; imports nothing of ours. */
export { type Backoff, backoffMs } from './backoff.ts'
export { type CalmOptions, calmLog } from './calm-log.ts'
export { type ClientOptions, clientAddress, clientKey, isLoopback } from './client-address.ts'
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
export { signInOptions } from './config/sign-in.ts'
export { ServiceError } from './errors.ts'
export { arrivingBody } from './http/body.ts'
export { answerWith, headersOf } from './http/headers.ts'
export { HEALTH, type HealthDeps, healthRoutes, type Readiness, readinessOf } from './http/health.ts'
export { type FieldError, HttpError } from './http/http-error.ts'
export { notFound, onError, type Problem, problem } from './http/problem.ts'
export { requests } from './http/requests.ts'
export { type Listening, type ListenOptions, listen } from './listen.ts'
export { createLog, LEVELS, type Log, type LogFields, type LogLevel, type LogOptions, silentLog } from './log.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { createPlaces, type EndedBy, type Place, type Places, type PlacesOptions } from './places.ts'
export { AddressRefused, addressOf, isPublicAddress, publicLookup } from './public-address.ts'
export { type JobMain, type Running, runJob, runService, type ServiceMain, stopOnSignal } from './run.ts'
export { keptSecret, SecretDamaged, type SecretFile, writeDurably } from './secret-file.ts'
export { versionOf } from './version.ts'
export { withoutKeys } from './without-keys.ts'
