/** What a source says about one published text. Plain data, never changed after it was read. */
export interface Entry {
  /** The source's own identifier: guid or id, else the canonical URL, else a hash of the content. */
  readonly id: string
  readonly url: string | null
  readonly title: string | null
  /** Plain text with every word kept; `''` when the source gives none. */
  readonly text: string
  readonly author: string | null
  /** The source's clock: shown, never used to order what we do. */
  readonly publishedAt: Date | null
  /** BCP 47 primary subtag, lower case, as the source declares it; a claim, not a finding. */
  readonly language: string | null
  readonly engagement: Engagement | null
  /** A review's rating on a scale of 1 to 5, when the source gives one. */
  readonly stars: number | null
}

/** Counts as the source gives them; a count it does not give is absent. */
export interface Engagement {
  readonly likes?: number
  readonly shares?: number
  readonly comments?: number
  readonly views?: number
  readonly followers?: number
}
