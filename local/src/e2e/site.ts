/** A whole system, the pages that show it and a browser, for a file of tests. */
import { Asset } from '@stellar/stellar-sdk/base'
import type { SystemConfig } from '@stellartrain/sdk'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type Parts, type PartsOptions, startParts } from './parts.ts'
import { type ServedPages, servePages } from './served-pages.ts'

export type Site = { browser: Browser; parts: Parts; pages: ServedPages }

type SiteOptions = PartsOptions & {
  /** What the pages' configuration says beside what the parts do, such as accounts for demonstrations. */
  configure?: (parts: Parts) => Promise<Partial<SystemConfig>>
}

/** @param chromium its path */
export async function startSite(
  chromium: string,
  { configure, ...options }: SiteOptions = {},
): Promise<Site & { close(): Promise<void> }> {
  const closing: (() => unknown)[] = []
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one()
  }
  try {
    const parts = await startParts(options)
    closing.push(() => parts.close())
    const contract = Asset.native().contractId(parts.config.passphrase)
    const assets = [{ code: 'XLM', issuer: null, contract, decimals: 7 }]
    const pages = await servePages({ ...parts.config, assets, ...(await configure?.(parts)) })
    closing.push(() => pages.close())
    const browser = await openBrowser(chromium)
    closing.push(() => browser.close())
    return { browser, parts, pages, close }
  } catch (error) {
    await close()
    throw error
  }
}
