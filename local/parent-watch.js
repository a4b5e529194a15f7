// Preloaded into every service that `npm start` runs: when the parent is gone, however it died, the service stops too.
if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), 5000).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref() // the watch alone must not keep a finished service alive
}
