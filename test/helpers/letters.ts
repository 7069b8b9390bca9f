/** Only the letters a to z of a text: what two copies of it have in common, however they are written down. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()
}
