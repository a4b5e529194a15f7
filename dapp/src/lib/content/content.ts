/** Content from IPFS, every block checked against its CID; loaded only by pages that show some. */
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '@stellartrain/ipfs-content/manifest'
import {
  ORACLE_METADATA_MAX_BYTES,
  type OracleMetadata,
  parseOracleMetadata,
} from '@stellartrain/ipfs-content/oracle-metadata'
import { config } from '../site/config.ts'

/** @throws ContentError when it cannot be had, is too large, or is not what the CID names. */
export const readContent = (cid: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> =>
  fetchCid(cid, { gateways: [config().ipfsUrl], maxBytes })

export const readManifest = async (cid: string): Promise<Manifest> =>
  parseManifest(await readContent(cid, MANIFEST_MAX_BYTES))

export const readOracleMetadata = async (cid: string): Promise<OracleMetadata> =>
  parseOracleMetadata(await readContent(cid, ORACLE_METADATA_MAX_BYTES))
