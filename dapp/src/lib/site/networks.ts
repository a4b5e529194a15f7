/** Networks by their passphrases, in words. */
const names: Record<string, string> = {
  'Public Global Stellar Network ; September 2015': 'Public network',
  'Test SDF Network ; September 2015': 'Testnet',
  'Test SDF Future Network ; October 2022': 'Futurenet',
}

export function networkName(passphrase: string, configured?: { network: string; passphrase: string }): string {
  if (configured && configured.passphrase === passphrase && configured.network === 'local') return 'Local network'
  return names[passphrase] ?? (configured?.passphrase === passphrase ? configured.network : 'another network')
}
