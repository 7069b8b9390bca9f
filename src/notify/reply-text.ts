/** What a person wrote in an answer, apart from what they answered to. */
export interface OwnWords {
  /** Without the mail that was answered, and without the signature. */
  readonly text: string
  /** False: the mail that was answered could not be told apart for sure, so no line may be obeyed. */
  readonly isCertain: boolean
}

const maxLines = 4000
const maxLineLength = 1000

/**
 * Takes away the mail that was answered and the signature, whatever program and language wrote around them. It looks
 * for shapes (a line with a date, an address and a colon; three header lines in a row) and knows words only where the
 * shape alone would be too common.
 */
export function ownWords(text: string): OwnWords {
  const lines = linesOf(text)
  const kept: string[] = []
  let isCertain = true
  let inCode = false
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.startsWith('```')) inCode = !inCode
    if (!inCode) {
      if (isEnd(lines, at)) break
      const introduced = introductionAt(lines, at)
      if (introduced !== null) {
        const hasWords = kept.some((each) => each.trim() !== '')
        const quoteEnd = endOfQuote(lines, introduced)
        // What follows is not marked as quoted. Under words of the person it is the old mail; with nothing above it
        // could be either.
        if (quoteEnd === introduced && hasWords) break
        if (quoteEnd === introduced) isCertain = false
        // A quote among the person's words is what they answer to, point by point; one above them all is the old mail.
        at = hasWords ? introduced : quoteEnd
        continue
      }
    }
    kept.push(line)
    at++
  }
  return { text: trimBlank(withoutEnding(kept)), isCertain }
}

function linesOf(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\u00A0|\u202F/g, ' ')
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, '')
    .split('\n', maxLines)
    .map((line) => line.slice(0, maxLineLength).trimEnd())
}

/** From here on nothing is the person's: a signature, a separator, the headers of the mail that was answered. */
function isEnd(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  return /^--$|^__+$/.test(line) || isSeparator(line) || isHeaderBlock(lines, at) || leadsToHeaders(lines, at)
}

const originalWords =
  /origin|initial|forward|transf|réexpédi|weiterg|weiterleit|ursprüng|oorspronk|doorgest|reenvi|encaminh|inoltr|mensaje|messag|mensagem|nachricht|bericht|vidarebef|videresend|opprinnelig|oprindelig|alkuper|välit|wiadomo|přeposlan|původní|továbbít|eredeti|iletilen|orijinal|пересл|исходн|转发|原始|轉寄|転送|元の|전달|원본|μήνυμα/iu

/** `----- Original Message -----`, in any language we know a stem of. */
function isSeparator(line: string): boolean {
  const bare = line.slice(0, 200).replace(/^[*_\s]{1,10}|[*_\s]{1,10}$/g, '')
  return /^-{3}/.test(bare) && /-{3}$/.test(bare) && /\p{L}/u.test(bare) && originalWords.test(bare)
}

/** A rule, or `Begin forwarded message:`, with nothing but blank lines between it and the headers. */
function leadsToHeaders(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  const leads =
    /^_{5,}$|^-{5,}$|^\*{5,}$/.test(line.trim()) || (/[:：]$/.test(line) && originalWords.test(line))
  if (!leads) return false
  for (let next = at + 1; next <= at + 3; next++) {
    if ((lines[next] ?? '').trim() !== '') return isHeaderBlock(lines, next)
  }
  return false
}

const fromLabels = labels(
  'from|de|von|da|van|från|fra|od|feladó|kimden|gönderen|lähettäjä|expéditeur|remitente|от|від|发件人|寄件者|差出人|보낸 사람|από|expeditor|afzender|absender|avsändare',
)
const otherLabels = labels(
  [
    'to|à|a|an|para|aan|till|til|do|komu|címzett|kime|alıcı|vastaanottaja|destinataire|кому|收件人|宛先|받는 사람|προς|către|naar|per',
    'cc|bcc|cci|kopie|kopia|copie|copia|копия',
    'date|sent|envoyé|data|datum|gesendet|verzonden|enviado|enviada|inviato|skickat|sendt|dato|lähetetty|päivä|wysłano|odesláno|elküldve|dátum|tarih|gönderildi|отправлено|дата|发送时间|日期|送信日時|日時|보낸 날짜|ημερομηνία|trimis|fecha|risposta|reply-to|répondre à',
    'subject|objet|betreff|onderwerp|asunto|assunto|oggetto|ämne|emne|aihe|temat|předmět|tárgy|konu|тема|主题|主旨|件名|제목|θέμα|subiect',
  ].join('|'),
)

function labels(list: string): ReadonlySet<string> {
  return new Set(list.split('|'))
}

function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = labelOf(lines[at] ?? '')
  if (first === null || !(fromLabels.has(first) || otherLabels.has(first))) return false
  const found = new Set<string>()
  for (let next = at; next < at + 8 && next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (line.trim() === '' && next > at + 1) break
    const label = labelOf(line)
    if (label !== null && (fromLabels.has(label) || otherLabels.has(label))) found.add(label)
  }
  return found.size >= 3 && [...found].some((label) => fromLabels.has(label))
}

function labelOf(line: string): string | null {
  const match = /^[* ]{0,6}([\p{L}][\p{L} -]{0,24}?) ?\*{0,2} ?[:：]/u.exec(line)
  return match ? (match[1] ?? '').toLowerCase() : null
}

// Verbs that close an attribution (`… wrote:`), and those that may stand inside one (`schrieb Anne <…>:`).
const closingVerb =
  /(?:wrote|writes|écrit|schrieb|geschrieben|escribió|escribio|scritto|escreveu|schreef|geschreven|volgende|skrev|kirjoitti|kirjutas|rašė|rakstīja|napisał\(?a?\)?|napsal\(?a?\)?|napísal\(?a?\)?|napisao(?:\/la)?|írta|yazdı|scris|menulis|skrifaði|написал\(?а?\)?|написа|пишет|пише|έγραψε|写道|寫道|書きました|작성|כתב\/?ה?|كتب|viết|escriure|เขียนว่า)[\s*:：-]*$/iu
const innerVerb = /\s(?:schrieb|schreef|skrev|написал|ezt írta|heeft|hat)\s/iu
const dateLike =
  /\p{Nd}{1,4}[./-]\p{Nd}{1,2}[./-]\p{Nd}{1,4}|\p{Nd}{1,2}[:.hH]\p{Nd}{2}|(?:^|\P{Nd})(?:19|20|١٩|٢٠)\p{Nd}{2}(?:\P{Nd}|$)/u
const addressLike = /[^\s<>@]{1,64}@[^\s<>@]{3,255}/u
const openingWord =
  /^\*?(?:on|at|le|am|op|el|il|em|den|de|på|pe|dne|dnia|w dniu|dňa|a|il giorno|в|у|στις|vào|pada|em|ma|за|في|בתאריך|在|於)\s/iu

/** `On 21 November, Vigie <…> wrote:`, which mail programs break over up to four lines: the line after it, or null. */
function introductionAt(lines: readonly string[], at: number): number | null {
  const first = lines[at] ?? ''
  if (isQuoted(first) || !mayBeginIntroduction(first)) return null
  if (/^\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:?\d\d .{1,200}$/.test(first)) return at + 1
  let joined = ''
  for (let end = at; end < Math.min(at + 4, lines.length); end++) {
    const line = lines[end] ?? ''
    // The closing bracket of an address, left alone by the fold of the line, is not the mark of a quote.
    if (line.trim() === '' || (isQuoted(line) && !/^> ?[^>]{0,40}[:：]$/.test(line))) return null
    joined = `${joined} ${line.trim()}`
    if (/[:：]\*{0,2}$|-{3}$/.test(line)) return isIntroduction(joined, lines, end + 1) ? end + 1 : null
  }
  return null
}

/** A sentence that merely stands above an attribution must not be taken for its first line. */
function mayBeginIntroduction(line: string): boolean {
  if (line.trim() === '') return false
  if (openingWord.test(line) && /\p{Nd}/u.test(line)) return true
  return dateLike.test(line) || addressLike.test(line) || closingVerb.test(line)
}

function isIntroduction(joined: string, lines: readonly string[], next: number): boolean {
  if (joined.length > 400) return false
  const hasDate = dateLike.test(joined)
  const hasAddress = addressLike.test(joined)
  const leadsToQuote = isQuoted(lines[skipBlank(lines, next)] ?? '')
  if (closingVerb.test(joined)) return hasDate || hasAddress || leadsToQuote
  if (hasDate && (innerVerb.test(joined) || /<[^<>]{1,300}> ?[:：]\*{0,2}$/.test(joined))) return true
  return leadsToQuote && (hasDate || hasAddress)
}

function isQuoted(line: string): boolean {
  return /^ {0,3}>/.test(line)
}

function skipBlank(lines: readonly string[], at: number): number {
  let next = at
  while (next < lines.length && (lines[next] ?? '').trim() === '') next++
  return next
}

/** The first line after the quoted ones that follow; `at` itself when none follows. */
function endOfQuote(lines: readonly string[], at: number): number {
  let end = at
  for (let next = skipBlank(lines, at); isQuoted(lines[next] ?? ''); next = skipBlank(lines, next + 1))
    end = next + 1
  return end
}

/** A quote that ends the mail is what was answered; one with words under it may be what the person answers to. */
function withoutLastQuote(lines: readonly string[]): readonly string[] {
  let end = lines.length
  while (end > 0 && ((lines[end - 1] ?? '').trim() === '' || isQuoted(lines[end - 1] ?? ''))) end--
  return lines.slice(0, end)
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  let end = lines.length
  while (end > 0 && (lines[end - 1] ?? '').trim() === '') end--
  return lines.slice(0, end)
}

const deviceLine =
  /^[[(<*_\s]{0,4}(?:sent (?:from|with|via|on)|get outlook for|envoyé (?:de|depuis|à partir|avec)|télécharger outlook|obtenez outlook|von meinem .{1,40} gesendet|gesendet (?:von|mit|aus)|diese nachricht wurde|enviado (?:desde|do|de|pelo|a partir|con)|inviato (?:da|dal|con)|verzonden (?:vanaf|met|via)|verstuurd (?:vanaf|met)|skickat från|sendt fra|lähetetty|wysłan[eo] z|odesláno z|отправлено (?:с|из)|надіслано з|iphone'?umdan|trimis de pe|发自|發自|從我的|iphoneから|나의 .{1,20}에서)/iu

/** What ends a mail without being words of its own: the mail that was answered, a signature, `Sent from my phone`. */
function withoutEnding(lines: readonly string[]): readonly string[] {
  let rest = withoutBlankEnd(lines)
  for (;;) {
    const shorter = withoutBlankEnd(withoutSignature(withoutDevice(withoutLastQuote(rest))))
    if (shorter.length === rest.length) return rest
    rest = shorter
  }
}

function withoutDevice(lines: readonly string[]): readonly string[] {
  const last = lines.at(-1) ?? ''
  return last.length < 150 && deviceLine.test(last) ? lines.slice(0, -1) : lines
}

/** A rule with a few short lines under it, as in `***`, a name, a telephone number. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  for (let at = lines.length - 1; at >= Math.max(lines.length - 7, 1); at--) {
    const line = lines[at] ?? ''
    if (/^\s{0,3}(?:[-_=~*]{3,80}|[—–-]{1,2})$/.test(line)) return lines.slice(0, at)
    if (line.length > 60 || line.startsWith('```')) break
  }
  return lines
}

function trimBlank(lines: readonly string[]): string {
  return withoutBlankEnd(lines.slice(skipBlank(lines, 0))).join('\n')
}
