/** Prometheus of the profile `observability`: it reaches every service and has the rules. */
const SOON_MS = 600_000

type Targets = { data: { activeTargets: { labels: { job: string }; health: string; lastError: string }[] } }
type Rules = { data: { groups: { rules: { name: string; health: string }[] }[] } }

/** @returns a sentence @throws Error that names what is not reached */
export async function watched(url: string): Promise<string> {
  const get = async (path: string) => (await fetch(`${url}${path}`, { signal: AbortSignal.timeout(5_000) })).json()
  let down = 'no target yet'
  for (const end = Date.now() + SOON_MS; Date.now() < end; await new Promise((done) => setTimeout(done, 1_000))) {
    const targets = ((await get('/api/v1/targets').catch(() => null)) as Targets | null)?.data.activeTargets ?? []
    const missing = targets.filter(({ health }) => health !== 'up')
    down = missing.map(({ labels, lastError }) => `${labels.job}: ${lastError}`).join('; ')
    const rules = ((await get('/api/v1/rules').catch(() => null)) as Rules | null)?.data.groups.flatMap(
      (one) => one.rules,
    )
    const broken = rules?.filter(({ health }) => health === 'err') ?? []
    if (broken.length > 0) throw new Error(`rules fail in Prometheus: ${broken.map(({ name }) => name).join(', ')}`)
    if (targets.length > 0 && missing.length === 0 && rules?.every(({ health }) => health === 'ok'))
      return `Prometheus reads ${targets.map(({ labels }) => labels.job).join(', ')} and has ${rules.length} alert rules`
  }
  throw new Error(`Prometheus did not reach every service in time: ${down}`)
}
