/** What a UTF-16 code unit is to the tokeniser. */
export const Kind = { space: 0, letter: 1, digit: 2, punctuation: 3, symbol: 4, skipped: 5 } as const

const folded = new Uint16Array(0x2100)
const kinds = new Uint8Array(0x2100)
fillTables()

/** Lower case, no accents, full width made narrow. One unit in, one unit out, so that positions hold. */
export function fold(unit: number): number {
  if (unit < 0x2100) return folded[unit] ?? unit
  if (unit >= 0xff01 && unit <= 0xff5e) return fold(unit - 0xfee0)
  return unit
}

/** The kind of a code unit; halves of surrogate pairs are symbols (nearly all are emoji). */
export function kindOf(unit: number): number {
  if (unit < 0x2100) return kinds[unit] ?? Kind.space
  if (unit < 0x2c00) return Kind.symbol
  if (unit < 0x3000) return Kind.letter
  if (unit < 0x3040) return unit === 0x3000 ? Kind.space : Kind.punctuation
  if (unit < 0xd800) return Kind.letter
  if (unit < 0xe000) return Kind.symbol
  if (unit < 0xf900) return Kind.skipped
  if (unit >= 0xfe00 && unit <= 0xfe0f) return Kind.skipped
  if (unit >= 0xff01 && unit <= 0xff5e) return kindOf(unit - 0xfee0)
  return unit >= 0xfff0 || unit === 0xfeff ? Kind.skipped : Kind.letter
}

/** Whether a letter is written as a capital. */
export function isCapital(unit: number): boolean {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a
  if (unit >= 0x530) return false
  const text = String.fromCharCode(unit)
  return text.toLowerCase() !== text
}

function fillTables(): void {
  for (let unit = 0; unit < 0x2100; unit++) {
    folded[unit] = foldSlowly(unit)
    kinds[unit] = kindSlowly(unit)
  }
  for (const [from, to] of [
    ['ß', 's'],
    ['ø', 'o'],
    ['Ø', 'o'],
    ['đ', 'd'],
    ['Đ', 'd'],
    ['ł', 'l'],
    ['Ł', 'l'],
    ['ı', 'i'],
    ['’', "'"],
    ['‘', "'"],
    ['ʼ', "'"],
    ['´', "'"],
    ['`', "'"],
    ['“', '"'],
    ['”', '"'],
    ['„', '"'],
    ['«', '"'],
    ['»', '"'],
    ['–', '-'],
    ['—', '-'],
    ['−', '-'],
  ] as const) {
    folded[from.charCodeAt(0)] = to.charCodeAt(0)
  }
}

function foldSlowly(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit
  const decomposes =
    (unit >= 0xc0 && unit < 0x250) || (unit >= 0x370 && unit < 0x530) || (unit >= 0x1e00 && unit < 0x2000)
  if (!decomposes) return unit
  return String.fromCharCode(unit).toLowerCase().normalize('NFD').charCodeAt(0)
}

function kindSlowly(unit: number): number {
  if (unit < 0x80) {
    if (unit <= 0x20 || unit === 0x7f) return Kind.space
    if (unit >= 0x30 && unit <= 0x39) return Kind.digit
    const lower = unit | 32
    return lower >= 0x61 && lower <= 0x7a ? Kind.letter : Kind.punctuation
  }
  if (unit <= 0xa0 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x2028 || unit === 0x2029)
    return Kind.space
  if (unit < 0xc0) return unit === 0xaa || unit === 0xba || unit === 0xb5 ? Kind.letter : Kind.punctuation
  if (unit === 0xd7 || unit === 0xf7) return Kind.punctuation
  // Combining accents: "e" + U+0301 is the same word as "é". Arabic vowel marks likewise.
  if ((unit >= 0x300 && unit <= 0x36f) || (unit >= 0x64b && unit <= 0x65f) || unit === 0x640)
    return Kind.skipped
  if (unit === 0x60c || unit === 0x61b || unit === 0x61f || unit === 0x6d4) return Kind.punctuation
  if (unit === 0x964 || unit === 0x965) return Kind.punctuation
  if (unit >= 0x660 && unit <= 0x669) return Kind.digit
  if (unit >= 0x200b && unit <= 0x200f) return Kind.skipped
  if (unit >= 0x202a && unit <= 0x202e) return Kind.skipped
  if (unit >= 0x2010 && unit <= 0x205e) return Kind.punctuation
  if (unit >= 0x205f && unit <= 0x206f) return Kind.skipped
  return unit >= 0x20a0 ? Kind.symbol : Kind.letter
}
