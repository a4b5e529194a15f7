#!/usr/bin/env node
import { startBin } from '@stellartrain/service/bin'

await startBin(import.meta.url)
