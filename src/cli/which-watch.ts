import { didYouMean } from '../config/problem.ts'
import type { Config } from '../config.ts'
import type { Watch } from '../domain/watch.ts'

/** The watch of that id or name; a message when there is none. */
export function watchCalled(name: string, config: Pick<Config, 'watches'>): Watch | string {
  const wanted = name.toLowerCase()
  const found = config.watches.find(({ id, name: full }) => id === wanted || full.toLowerCase() === wanted)
  const ids = config.watches.map(({ id }) => id)
  return found ?? `no watch "${name}"${didYouMean(name, ids)}`
}

/** The same; without a name the only watch there is. */
export function oneWatch(name: string | undefined, config: Pick<Config, 'watches'>): Watch | string {
  if (name !== undefined) return watchCalled(name, config)
  const [only, ...others] = config.watches
  if (only && others.length === 0) return only
  return `for which watch? Add --watch ${config.watches.map(({ id }) => id).join(' | ')}`
}
