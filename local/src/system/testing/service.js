// A service that says it is ready and stays; with FAIL it stops at once, as one with a bad configuration would;
// with SIGUSR2 it ends and says why.
if (process.env.FAIL) {
  console.error(process.env.FAIL)
  process.exit(2)
}
process.on('SIGUSR2', () => {
  console.error('the disk is full')
  process.exit(1)
})
setInterval(() => {}, 1000)
console.log(JSON.stringify({ event: 'ready', url: `http://127.0.0.1:1/${process.pid}` }))
