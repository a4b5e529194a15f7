/** Signing in to a service with a wallet by SEP-10 (docs/formats.md, 9): keys, challenges, tokens and the routes. */
export { SignInError, type SignInErrorCode } from './errors.ts'
export { deriveKeys, type Keys, keptSecretKey } from './keys.ts'
export { type SignIn, signInRoutes } from './routes.ts'
export { createSep10, type Sep10 } from './sep10.ts'
export { createSessions, type Sessions } from './session.ts'
