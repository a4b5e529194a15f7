import { createConfig } from 'ponder'
import { ABI } from './abi.ts'

export default createConfig({
  chains: { made: { id: 31_337, rpc: process.env.MADE_RPC_URL! } },
  contracts: {
    Train: {
      ...{ chain: 'made', abi: ABI, address: '0x00000000000000000000000000000000000000aa' },
      ...{ startBlock: 1, endBlock: Number(process.env.MADE_LAST) },
    },
  },
})
