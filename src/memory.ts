import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * For a small server: the collector of garbage comes earlier, for a twentieth to a tenth more work. A first pass over
 * 10,000 articles takes 190 MB instead of 330. To be called before anything is loaded.
 */
export function collectEarly(): void {
  // The heap may grow by half, not to the fourfold, before it is swept; what is young stays in its first megabyte.
  setFlagsFromString('--heap-growing-percent=50')
  setFlagsFromString('--semi-space-growth-factor=1')
}

let collect: (() => void) | undefined

/** Sweeps the whole heap, 30 to 60 ms, so that a process with nothing to do gives back what it let go of. */
export function giveBack(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
