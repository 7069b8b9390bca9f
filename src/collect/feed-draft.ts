/** How often the feed says it changes: as written, for the scheduler to weigh. */
export interface FeedHints {
  readonly ttlMinutes?: number
  /** Hours of the day, UTC, in which the feed asks not to be read. */
  readonly skipHours?: readonly number[]
  /** 0 is Sunday. */
  readonly skipDays?: readonly number[]
  readonly updateMinutes?: number
}

/** A feed of any format before its texts are made plain: `title`, `content` and `summary` are HTML. */
export interface FeedDraft {
  readonly title: string | null
  readonly link: string | null
  readonly language: string | null
  readonly hints: FeedHints
  readonly items: readonly ItemDraft[]
}

export interface ItemDraft {
  readonly guid?: string | undefined
  readonly link?: string | undefined
  readonly title?: string | undefined
  readonly content?: string | undefined
  readonly summary?: string | undefined
  readonly published?: string | undefined
  readonly updated?: string | undefined
  readonly author?: string | undefined
  readonly language?: string | undefined
  readonly comments?: string | undefined
  readonly views?: string | undefined
  readonly likes?: string | undefined
}
