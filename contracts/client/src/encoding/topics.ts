/** Values as RPC's topic filters take them: base64 ScVals. */
import { Address, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'

export const nativeTopic = {
  symbol: (name: string) => xdr.ScVal.scvSymbol(name).toXdr('base64'),
  u32: (value: number) => nativeToScVal(value, { type: 'u32' }).toXdr('base64'),
  address: (address: string) => new Address(address).toScVal().toXdr('base64'),
} as const
