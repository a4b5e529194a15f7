/** The IPFS service for other packages' tests and for programs that embed it. */
export { type AppDeps, createApp } from './app.ts'
export { type Config, OPTIONS, readConfig } from './config.ts'
export { IpfsError, type IpfsErrorCode } from './errors.ts'
export { type IpfsOptions, type RunningIpfs, startIpfs } from './start.ts'
