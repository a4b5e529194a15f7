/** A container's health check: node healthy.js [PATH]. Exit code 0 if the service in this container answers that it can work. */
const path = process.argv[2] ?? '/ready'
try {
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, { signal: AbortSignal.timeout(4000) })
  if (!answer.ok) console.error(await answer.text())
  process.exitCode = answer.ok ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
