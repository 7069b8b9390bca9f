import { createHash } from 'node:crypto'

/** Identity of last resort; the title and the text are what a reader would recognise. */
export function contentId(title: string | null, text: string): string {
  return `sha256:${createHash('sha256')
    .update(`${title ?? ''}\n${text}`)
    .digest('hex')
    .slice(0, 32)}`
}
