/** A piece of a text that was changed: in both, only in the former, or only in the later. */
export interface DiffPiece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond so many comparisons the middle is shown as replaced: correct, only less fine. */
const mostSteps = 1_000_000

/** What changed between two texts, word by word. */
export function diffTexts(before: string, after: string): DiffPiece[] {
  const [one, two] = [words(before), words(after)]
  let start = 0
  while (start < one.length && start < two.length && one[start] === two[start]) start++
  let end = 0
  while (end < one.length - start && end < two.length - start && one.at(-1 - end) === two.at(-1 - end)) end++
  const middle = diffWords(one.slice(start, one.length - end), two.slice(start, two.length - end))
  return joined([...one.slice(0, start).map(same), ...middle, ...one.slice(one.length - end).map(same)])
}

/** A text with the passages that no longer stand on its page as removed; passages may overlap. */
export function withoutPassages(text: string, passages: readonly string[]): DiffPiece[] {
  const removed = new Uint8Array(text.length)
  for (const passage of passages.slice(0, 50)) {
    const at = passage === '' ? -1 : text.indexOf(passage)
    if (at >= 0) removed.fill(1, at, at + passage.length)
  }
  return joined(
    Array.from({ length: text.length }, (_, at) => ({
      kind: removed[at] === 1 ? ('removed' as const) : ('same' as const),
      text: text.charAt(at),
    })),
  )
}

function words(text: string): string[] {
  return text.slice(0, 20_000).match(/\s+|[^\s]+/g) ?? []
}

function same(text: string): DiffPiece {
  return { kind: 'same', text }
}

/** The longest common run of words (Wagner and Fischer), where that is affordable. */
function diffWords(one: readonly string[], two: readonly string[]): DiffPiece[] {
  const removed = one.map((text): DiffPiece => ({ kind: 'removed', text }))
  const added = two.map((text): DiffPiece => ({ kind: 'added', text }))
  if (one.length === 0 || two.length === 0 || one.length * two.length > mostSteps)
    return [...removed, ...added]
  const width = two.length + 1
  const lengths = new Uint32Array((one.length + 1) * width)
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = two.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        one[i] === two[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  const pieces: DiffPiece[] = []
  let [i, j] = [0, 0]
  while (i < one.length && j < two.length) {
    if (one[i] === two[j]) {
      pieces.push(same(one[i] ?? ''))
      i++
      j++
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) {
      pieces.push({ kind: 'removed', text: one[i++] ?? '' })
    } else {
      pieces.push({ kind: 'added', text: two[j++] ?? '' })
    }
  }
  return [...pieces, ...removed.slice(i), ...added.slice(j)]
}

function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const runs: { kind: DiffPiece['kind']; text: string }[] = []
  for (const { kind, text } of pieces) {
    const last = runs.at(-1)
    if (last?.kind === kind) last.text += text
    else runs.push({ kind, text })
  }
  return runs
}
