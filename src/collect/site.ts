import { z } from 'zod'

/** An instance or a site: `mastodon.social` or `https://forum.example/community`; the address without final slash. */
export const site = z
  .string()
  .trim()
  .max(200)
  .transform((written, context) => {
    const address = /^https?:\/\//i.test(written) ? written : `https://${written}`
    if (URL.canParse(address)) {
      const url = new URL(address)
      const isPlain = url.username === '' && url.search === '' && url.hash === ''
      if (isPlain && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname.replace(/\/$/, '')}`
    }
    context.addIssue({ code: 'custom', message: 'must be the address of a site, such as forum.example' })
    return z.NEVER
  })
