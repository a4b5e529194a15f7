/** The health check of the local network: its RPC says that it is healthy. */
const request = { method: 'POST', headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(4000) }
const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getHealth' })
try {
  const { result } = await (await fetch(`http://127.0.0.1:${process.env.PORT}/rpc`, { ...request, body })).json()
  process.exitCode = result?.status === 'healthy' ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
