/**
 * The likeliest charset of bytes that are not UTF-8 and declare nothing, or lie. Every candidate decodes a sample; the
 * one whose letters look most like a language written with them wins.
 */
export function guessCharset(buffer: Buffer, decodeAs: (buffer: Buffer, charset: string) => string): string {
  const sample = sampleOf(buffer)
  let best = { charset: 'windows-1252', score: -1 }
  for (const candidate of CANDIDATES) {
    const score = plausibility(decodeAs(sample, candidate.charset), candidate)
    if (score > best.score) best = { charset: candidate.charset, score }
  }
  return best.charset
}

const SAMPLE_BYTES = 16_384
const AROUND = 64

/** The stretches around bytes above 127, where the charsets differ. */
function sampleOf(buffer: Buffer): Buffer {
  if (buffer.length <= SAMPLE_BYTES) return buffer
  const pieces: Buffer[] = []
  let taken = 0
  for (let at = 0; at < buffer.length && taken < SAMPLE_BYTES; at++) {
    if ((buffer[at] ?? 0) < 0x80) continue
    let end = at
    while (end < buffer.length && end - at < SAMPLE_BYTES && !isQuiet(buffer, end)) end++
    pieces.push(buffer.subarray(Math.max(0, at - AROUND), end))
    taken += end - at + AROUND
    at = end
  }
  return Buffer.concat(pieces)
}

/** Eight ASCII bytes in a row end a stretch; a multi-byte character is never cut there. */
function isQuiet(buffer: Buffer, at: number): boolean {
  for (let i = at; i < Math.min(at + 8, buffer.length); i++) if ((buffer[i] ?? 0) >= 0x80) return false
  return true
}

/** Mean worth of the characters above 127: a common letter of its language 1, an unlikely one less, a broken one -10. */
function plausibility(text: string, { letters, isLatin }: Candidate): number {
  let total = 0
  let worth = 0
  let before = ' '
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code >= 0x80) {
      total++
      worth += worthOf(char, code, letters) + neighbourWorth(char, before, isLatin)
    } else if (
      !isLatin &&
      isAsciiLetter(code) &&
      ANY_LETTER.test(before) &&
      !isAsciiLetter(before.charCodeAt(0))
    ) {
      worth += MIXED
    }
    before = char
  }
  return total === 0 ? 0 : worth / total
}

const MIXED = -2
const ANY_LETTER = /\p{L}/u

function worthOf(char: string, code: number, letters: ReadonlyMap<string, number>): number {
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900)) return -10
  if (PUNCTUATION.has(char)) return 0.5
  return letters.get(char.toLowerCase()) ?? (ANY_LETTER.test(char) ? -0.2 : -0.6)
}

/** In Latin writing accents seldom follow each other; other alphabets are not mixed with Latin inside a word. */
function neighbourWorth(char: string, before: string, isLatin: boolean): number {
  const code = before.charCodeAt(0)
  const isCapital = char !== char.toLowerCase()
  if (isCapital && /\p{L}/u.test(before)) return /\p{Ll}/u.test(before) ? -1 : -0.3
  if (!isLatin) return isAsciiLetter(code) && ANY_LETTER.test(char) ? MIXED : 0
  return code >= 0x80 && ANY_LETTER.test(before) && ANY_LETTER.test(char) ? -0.5 : 0
}

function isAsciiLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

const PUNCTUATION = new Set('\u00a0¿¡«»‘’‚“”„–—…€°•·\u3000、。「」！？，．：；（）')

const KANA = [...range(0x3041, 0x3093), ...range(0x30a1, 0x30fc)].join('')
const KANJI = '日本人年大会中出一国的上生時行事後最悪二度自分前今者何回店対応客品質商電話届注文返金社員不良'
const COMMON_HANGUL =
  '이다는의에가을를은하고한도로지사기들어있자대해그아나시보일전인수만서정리부주장구제오여상원우조과스라국성비' +
  '없습니까안되와요같면위적으때연화공동신용방모소제품서스최악었객직원배송환불문제전화'
const COMMON_THAI = 'นรอกงมยลวดทสตะปคบหผชจพถขแใเโไาิีืึุู่้็์ัำ'
/** The most frequent Chinese characters: those of both writings, then those of one. */
const HAN_BOTH =
  '的一是不了在人有我他大上中到你地出就年得那要下以生自着去之可也好家主看多成分工天能小行想所心方面前' +
  '手本正性事外其最法知同化高回全部理加平明何很差再用品公司客店服太今日月文后'
const HAN_SIMPLIFIED =
  '们这来国个时为会说发对经学过还样间没动问两见种业开关电话给现实务资产费应让请买卖价质员无错误题诉'
const HAN_TRADITIONAL =
  '們這來國個時為會說發對經學過還樣間沒動問兩見種業開關電話給現實務資產費應讓請買賣價質員無錯誤題訴後'

interface Candidate {
  readonly charset: string
  /** What its letters are worth. */
  readonly letters: ReadonlyMap<string, number>
  readonly isLatin: boolean
}

/** The stricter an encoding, the earlier: among equals the first wins. */
const CANDIDATES: readonly Candidate[] = [
  ...['shift_jis', 'euc-jp'].map((charset) => other(charset, worth(KANA + KANJI))),
  other('euc-kr', new Map([...worth(range(0xac00, 0xd7a3).join(''), 0.5), ...worth(COMMON_HANGUL)])),
  other('gbk', worth(HAN_BOTH + HAN_SIMPLIFIED)),
  other('big5', worth(HAN_BOTH + HAN_TRADITIONAL)),
  latin('windows-1252', 'àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿß'),
  latin('iso-8859-15', 'àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿß'),
  ...['windows-1250', 'iso-8859-2'].flatMap((charset) => [
    latin(charset, 'ąćęłńóśźż'),
    latin(charset, 'áčďéěíňóřšťúůýž'),
    latin(charset, 'áäčďéíĺľňóôŕšťúýž'),
    latin(charset, 'áéíóöőúüű'),
    latin(charset, 'ăâîşţșț'),
    latin(charset, 'čćđšž'),
  ]),
  latin('windows-1254', 'çğıöşüâîûi̇'),
  other('windows-1251', ranked('оеаинтсрвлкмдпуяыьгі', 'збчйхжшюцщэфъёїєў')),
  other('koi8-r', ranked('оеаинтсрвлкмдпуяыьг', 'збчйхжшюцщэфъё')),
  other('iso-8859-7', ranked('αοιετσνηυρπκμλςάέήίόύώ', 'βγδζθξφχψωϊϋΐΰ')),
  other('windows-1255', worth('אבגדהוזחטיכלמנסעפצקרשתםןףץך')),
  other('windows-1256', worth('ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئءپچژگ')),
  other('tis-620', new Map([...worth(range(0x0e01, 0x0e4e).join(''), 0.2), ...worth(COMMON_THAI)])),
  latin('macintosh', 'àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿß'),
]

function latin(charset: string, letters: string): Candidate {
  return { charset, letters: worth(letters), isLatin: true }
}

function other(charset: string, letters: ReadonlyMap<string, number>): Candidate {
  return { charset, letters, isLatin: false }
}

function worth(letters: string, each = 1): ReadonlyMap<string, number> {
  return new Map([...letters].map((letter) => [letter, each]))
}

/** Letters from the frequent to the rare: text that only holds rare ones is in another alphabet. */
function ranked(frequent: string, rare: string): ReadonlyMap<string, number> {
  return new Map([...worth(frequent), ...worth(rare, 0.4)])
}

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index))
}
