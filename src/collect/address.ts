import net from 'node:net'

/** Everything IANA does not give out as public unicast; a feed has no business there. */
const NOT_PUBLIC = blockList(
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
    ['168.63.129.16', 32], // Azure's own metadata and DNS address, public on paper
  ],
  [
    ['::', 96],
    ['::ffff:0:0:0', 96],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
    ['5f00::', 16],
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ],
)

const WEB_PORTS = new Set(['', '80', '443'])

/** True when the IP address is one of the public internet. An IPv4 address inside an IPv6 one is looked at too. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  const family = net.isIP(bare)
  if (family === 0) return false
  // BlockList compares ::ffff:a.b.c.d with the IPv4 rules by itself.
  return !NOT_PUBLIC.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}

/** Says whether `host` or `host:port` was written in `allow`, so may be private. */
export function isAllowedHost(allow: readonly string[], url: URL): boolean {
  const host = url.hostname.toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return allow.some((entry) => {
    const wanted = entry.trim().toLowerCase()
    return wanted === host || wanted === `${host}:${port}`
  })
}

/** The reason why a URL may not be fetched, before any connection; null when it may be tried. */
export function refusalOf(url: URL, allow: readonly string[]): string | null {
  if (isAllowedHost(allow, url)) return null
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (net.isIP(literal) !== 0 && !isPublicAddress(literal)) return `${url.hostname} is not a public address`
  if (isLocalName(url.hostname)) return `${url.hostname} is a name of the local network`
  if (!WEB_PORTS.has(url.port)) return `port ${url.port} is not a web port`
  return null
}

function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase()
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name.endsWith('.local') ||
    name.endsWith('.internal')
  )
}

function blockList(v4: readonly (readonly [string, number])[], v6: readonly (readonly [string, number])[]) {
  const list = new net.BlockList()
  for (const [network, prefix] of v4) list.addSubnet(network, prefix, 'ipv4')
  for (const [network, prefix] of v6) list.addSubnet(network, prefix, 'ipv6')
  return list
}
