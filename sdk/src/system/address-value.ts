/** An address as the contract's values have it. */
import { Address, type xdr } from '@stellar/stellar-sdk/base'

export const addressValue = (address: string): xdr.ScVal => new Address(address).toScVal()
