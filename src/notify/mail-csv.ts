import { clean } from './mail-clean.ts'

/** Rows as spreadsheets read them: a byte order mark for the accents, every field quoted, no field a formula. */
export function csv(rows: readonly (readonly string[])[], separator: ',' | ';'): Buffer {
  const lines = rows.map((row) => row.map(field).join(separator))
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8')
}

// A program that expects the other separator splits a quoted field at it, so a formula may also begin after one.
const formulaStart = /(^|[;,"])(?=\s?[=+\-@＝＋－＠])/g

function field(value: string): string {
  const line = clean(value).replace(/\s+/g, ' ').trim()
  return `"${line.replace(formulaStart, "$1'").replaceAll('"', '""')}"`
}
