/** What every service of the compose files must promise: pinned, contained, limited, checked, and no secret in its environment. */
import type { Compose, Service } from '../containers/compose.ts'

const PINNED = /^[a-z0-9.-]+\.[a-z]+\/[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/
const SECRET = /(SECRET|PASSWORD|PRIVATE|TOKEN|_KEY|DB_URL)/

export function composeProblems(compose: Compose): string[] {
  return Object.entries(compose.services).flatMap(([name, service]) =>
    serviceProblems(service).map((problem) => `service ${name}: ${problem}`),
  )
}

function serviceProblems(service: Service): string[] {
  const problems: string[] = []
  const expect = (ok: boolean, problem: string) => void (ok || problems.push(problem))
  if (!service.build) {
    expect(PINNED.test(service.image), `its image has no registry, version and digest: ${service.image}`)
    expect(!/:latest@/.test(service.image), 'its image is whatever is latest')
    // Ours say it in the image file.
    expect(
      service.user !== undefined && !/^(0|root)\b/.test(service.user),
      'it names no user, and the image may be root',
    )
  }
  expect(service.read_only === true, 'its root file system can be written')
  expect(service.cap_drop?.join() === 'ALL', 'it keeps capabilities')
  expect(service.security_opt?.includes('no-new-privileges:true') === true, 'it may gain privileges')
  // Others' images need what their makers know: the engine's own profile holds them.
  if (service.build)
    expect(
      service.security_opt?.some((one) => /^seccomp=.*\.json$/.test(one)) === true,
      'it may make calls that it does not need',
    )
  expect(!service.security_opt?.includes('seccomp=unconfined'), 'it may make any call to the kernel')
  expect(Boolean(service.mem_limit), 'it has no limit of memory')
  expect(Boolean(service.pids_limit), 'it has no limit of processes')
  expect(Boolean(service.logging?.options['max-size']), 'its log has no limit')
  if (service.restart !== 'no') expect(Boolean(service.healthcheck), 'it has no health check')
  for (const [variable, value] of Object.entries(service.environment ?? {}))
    expect(!SECRET.test(variable) || /_FILE$/.test(variable) || value === '', `${variable} is a secret: use a file`)
  for (const port of service.ports ?? []) expect(port.startsWith('127.0.0.1:'), `${port} is open to everyone`)
  return problems
}
