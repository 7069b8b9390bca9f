import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decode } from '../../src/collect/decode.ts'

const FRENCH = "Déçu par l'accueil — café à 3 €, « naïf » œuvre"
const document = (text: string, declared = '') =>
  `<?xml version="1.0"${declared === '' ? '' : ` encoding="${declared}"`}?><rss><title>${text}</title></rss>`

describe('decode', () => {
  it.each([
    ['its own declaration', 'windows-1252', 'windows-1252', null],
    ['a declaration of iso-8859-1 that means windows-1252', 'windows-1252', 'ISO-8859-1', null],
    ['the header', 'windows-1252', '', 'text/xml; charset="windows-1252"'],
    ['its declaration before a blanket header', 'macintosh', 'macintosh', 'text/xml; charset=iso-8859-1'],
    ['UTF-8 bytes whatever is declared', 'utf-8', 'iso-8859-1', 'text/xml; charset=iso-8859-1'],
    ['nothing declared', 'windows-1252', '', null],
    ['UTF-8 declared and false', 'windows-1252', 'utf-8', 'text/xml; charset=utf-8'],
    ['a charset that does not exist', 'utf-8', 'utf-ate', null],
    ['UTF-16 without a mark', 'utf-16le', 'utf-16', null],
  ])('reads %s', (_what, charset, declared, contentType) => {
    // The table of Mac Roman in iconv-lite predates the euro.
    const text = document(charset === 'macintosh' ? FRENCH.replace('€', '¤') : FRENCH, declared)

    const read = decode(iconv.encode(text, charset), contentType)

    expect(read).toContain(FRENCH)
  })

  it('follows a byte order mark before all else', () => {
    const bytes = Buffer.concat([
      Buffer.from([0xfe, 0xff]),
      iconv.encode(document(FRENCH, 'utf-8'), 'utf-16be'),
    ])

    expect(decode(bytes, 'text/xml; charset=iso-8859-1')).toContain(FRENCH)
  })

  it('keeps UTF-8 that has one broken byte', () => {
    const bytes = Buffer.concat([Buffer.from(document(FRENCH, 'utf-8')), Buffer.from([0xe9])])

    expect(decode(bytes, null)).toContain(FRENCH)
  })

  it('reads control characters as the windows-1252 they were meant to be', () => {
    expect(decode(Buffer.from('don\u0092t'), null)).toBe('don’t')
  })

  it.each([
    ['Отвратительный сервис, никому не советую', ['windows-1251', 'koi8-r']],
    ['Nie polecam tej firmy, obsługa była niemiła i źle potraktowała', ['windows-1250', 'iso-8859-2']],
    ['Příliš žluťoučký kůň úpěl ďábelské ódy', ['windows-1250', 'iso-8859-2']],
    ['Hiç memnun kalmadım, müşteri hizmetleri çok kötü', ['windows-1254']],
    ['Δεν είμαι καθόλου ευχαριστημένος', ['iso-8859-7']],
    ['אני מאוד מאוכזב מהשירות', ['windows-1255']],
    ['أنا محبط جدا من الخدمة', ['windows-1256']],
    ['ผิดหวังกับบริการมาก', ['tis-620']],
    ['この会社のサービスは本当にひどいです', ['shift_jis', 'euc-jp']],
    ['이 회사의 서비스에 매우 실망했습니다', ['euc-kr']],
    ['我对这家公司的服务非常失望', ['gbk']],
    ['我對這家公司的服務非常失望', ['big5']],
    [FRENCH.replace('€', 'e'), ['windows-1252', 'macintosh']],
  ])('guesses what %s is written in', (text, charsets) => {
    for (const charset of charsets)
      expect(decode(iconv.encode(document(text), charset), null)).toContain(text)
  })
})
