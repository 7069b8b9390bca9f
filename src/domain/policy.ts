import type { Bilingual } from './person.ts'
import type { Approval, Signal } from './playbook.ts'

/** What holds for every answer, whatever its category: playbooks/_policy.md. */
export interface Policy {
  /** The sentence that says who speaks. */
  readonly disclosure: Bilingual | null
  /** Subjects that need a higher approval wherever they appear. */
  readonly needsApproval: readonly PolicyTopic[]
  /** Words by language (ISO 639-1) that promise what may be outside one's power. */
  readonly promiseWords: ReadonlyMap<string, readonly string[]>
  /** Words by language that admit a fault before anyone checked. */
  readonly admissionWords: ReadonlyMap<string, readonly string[]>
  /** The local date until which nobody need read it again; null when none is set. */
  readonly reviewBy: string | null
}

export interface PolicyTopic {
  readonly topic: Bilingual
  readonly signals: ReadonlyMap<string, readonly Signal[]>
  readonly approval: Approval
}
