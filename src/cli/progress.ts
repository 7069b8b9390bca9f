/** A progress bar of text. */
export function bar(done: number, total: number): string {
  const width = 24
  const full = total === 0 ? width : Math.round((done / total) * width)
  return `[${'█'.repeat(full)}${'░'.repeat(width - full)}]`
}
