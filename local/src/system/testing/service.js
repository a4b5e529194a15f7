// A service that says it is ready and stays; with FAIL it stops at once, as one with a bad configuration would.
if (process.env.FAIL) {
  console.error(process.env.FAIL)
  process.exit(2)
}
setInterval(() => {}, 1000)
console.log(JSON.stringify({ event: 'ready', url: `http://127.0.0.1:1/${process.pid}` }))
