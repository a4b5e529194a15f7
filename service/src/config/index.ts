/** A service's options, and nothing that serves: what `--help` and a wrong option need is loaded at once. */
export { commonOptions } from './common.ts'
export { optionsHelp, optionsTable } from './help.ts'
export {
  ConfigError,
  type ConfigOf,
  defaulted,
  type Option,
  type OptionTable,
  optional,
  readOptions,
  required,
} from './options.ts'
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
} from './parsers.ts'
export { signInOptions } from './sign-in.ts'
