// Fails early, in one sentence, where the machine's Node cannot run TypeScript sources. Plain JavaScript, so that old versions can read it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
// The IPFS node's libraries need the newest version of all that run here.
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `StellarTrain needs Node 22.19 or newer to run, and this is ${process.version}. ` +
      'On Linux `npm install` brings its own Node 24 for every npm script (do not use --omit=optional); elsewhere, install Node 24.',
  )
  process.exit(1)
}
