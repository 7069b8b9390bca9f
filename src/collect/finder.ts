/** `indexOf` that remembers its last answer for each mark, so that asking again and again stays linear. */
export function finder(text: string): (mark: string, from: number) => number {
  const known = new Map<string, { from: number; at: number }>()
  return (mark, from) => {
    const last = known.get(mark)
    if (last && from >= last.from && (last.at === -1 || from <= last.at)) return last.at
    const at = text.indexOf(mark, from)
    known.set(mark, { from, at })
    return at
  }
}
