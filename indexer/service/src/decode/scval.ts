/** The decoder of contract values, from the package that owns on-chain shapes. */
export { type Plain, readScVal } from '../../../../contracts/client/src/scval.ts'
