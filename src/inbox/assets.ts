import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { favicon } from './icons.tsx'
import { script } from './script.ts'
import { style } from './style.ts'
import type { PagesEnv } from './visit.ts'

interface Asset {
  readonly path: string
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer>
}

const styleAsset = asset('style', 'css', 'text/css; charset=utf-8', style)
const scriptAsset = asset('vigie', 'js', 'text/javascript; charset=utf-8', script)
const iconAsset = asset('icon', 'svg', 'image/svg+xml', favicon)

/** Their content is in their address, so a browser keeps them for good and never a stale one. */
export const assetPaths = {
  style: styleAsset.path,
  script: scriptAsset.path,
  icon: iconAsset.path,
} as const

export function serveAssets(app: Hono<PagesEnv>): void {
  for (const { path, type, plain, packed } of [styleAsset, scriptAsset, iconAsset]) {
    app.get(path, (c) => {
      const isPacked = (c.req.header('accept-encoding') ?? '').includes('gzip')
      c.header('Content-Type', type)
      c.header('Cache-Control', 'public, max-age=31536000, immutable')
      c.header('Vary', 'Accept-Encoding')
      if (isPacked) c.header('Content-Encoding', 'gzip')
      return c.body(isPacked ? packed : plain)
    })
  }
}

function asset(name: string, extension: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return {
    path: `/${name}-${hash}.${extension}`,
    type,
    plain: Uint8Array.from(Buffer.from(text)),
    packed: Uint8Array.from(gzipSync(text)),
  }
}
