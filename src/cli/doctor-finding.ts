import type { ArchiveStore } from '../store/archive-store.ts'
import type { Store } from '../store/store.ts'

/** One line of the doctor's report. */
export interface Finding {
  readonly check: string
  readonly level: 'ok' | 'warning' | 'broken'
  readonly message: string
  readonly todo: string | null
}

export interface DoctorDeps {
  /** Connects and signs in without sending. Throws VigieError. Null: there is no way to ask. */
  readonly tryMailServer:
    | ((server: { url: string; from: string; connectTimeoutMs: number }) => Promise<void>)
    | null
}

/** The folder's database, opened. */
export interface Opened {
  readonly store: Store
  readonly archive: ArchiveStore & { close(): Promise<void> }
  readonly now: Date
  /** Whether a daemon works in the folder. */
  readonly isRunning: boolean
}

export function fine(check: string, message: string): Finding {
  return { check, level: 'ok', message, todo: null }
}

export function warning(check: string, message: string, todo: string): Finding {
  return { check, level: 'warning', message, todo }
}

export function broken(check: string, message: string, todo: string): Finding {
  return { check, level: 'broken', message, todo }
}
