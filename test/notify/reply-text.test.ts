import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ownWords } from '../../src/notify/reply-text.ts'

const own = 'Je regarde ça cet après-midi.\n\nMerci,\nAnne'

// How mail programs introduce the mail that is answered, when they mark its lines with >.
const attributions = [
  'On Sat, Nov 21, 2026 at 9:14 AM Vigie <vigie@lumen.example> wrote:',
  'On Sat, Nov 21, 2026 at 9:14 AM Vigie of the Brasserie Lumen <\nvigie+12-abcdefgh@lumen.example> wrote:',
  'On Sat, Nov 21,\n2026 at 9:14 AM, Vigie\n<vigie@lumen.example>\nwrote:',
  'On 21 Nov 2026, at 09:14, Vigie <vigie@lumen.example> wrote:',
  'On 21/11/26 09:14, Vigie wrote:',
  'Vigie wrote:',
  'Vigie <vigie@lumen.example> writes:',
  'At 11/21/2026 09:14 AM, you wrote:',
  'In message <t12.1.00@lumen.example>, Vigie writes:',
  '2026-11-21 9:14 GMT+01:00 Vigie <vigie@lumen.example>:',
  'Le sam. 21 nov. 2026 à 09:14, Vigie <vigie@lumen.example> a écrit :',
  'Le sam. 21 nov. 2026 à 09:14, Vigie <vigie@lumen.example> a\nécrit :',
  'Le 21 nov. 2026 à 09:14, Vigie <vigie@lumen.example> a écrit\u00A0:',
  'Le 21/11/2026 à 09:14, Vigie a écrit :',
  'Le samedi 21 novembre 2026 à 09:14:27 UTC+1, Vigie <vigie@lumen.example> a écrit :',
  'Op za 21 nov 2026 om 09:14 schreef Vigie <vigie@lumen.example>:',
  'Op 21 nov. 2026, om 09:14 heeft Vigie <vigie@lumen.example> het volgende\ngeschreven:',
  'Am Sa., 21. Nov. 2026 um 09:14 Uhr schrieb Vigie <vigie@lumen.example>:',
  'Am 21.11.26 um 09:14 schrieb Vigie:',
  'Vigie <vigie@lumen.example> schrieb am Sa., 21. Nov. 2026, 09:14:',
  'El sáb, 21 nov 2026 a las 9:14, Vigie (<vigie@lumen.example>) escribió:',
  'Il giorno sab 21 nov 2026 alle ore 09:14 Vigie <vigie@lumen.example> ha scritto:',
  'Em sáb., 21 de nov. de 2026 às 09:14, Vigie <vigie@lumen.example> escreveu:',
  'Den lör 21 nov. 2026 kl 09:14 skrev Vigie <vigie@lumen.example>:',
  'lør. 21. nov. 2026 kl. 09:14 skrev Vigie <vigie@lumen.example>:',
  'la 21. marrask. 2026 klo 9.14 Vigie (vigie@lumen.example) kirjoitti:',
  'sob., 21 lis 2026 o 09:14 Vigie <vigie@lumen.example> napisał(a):',
  'so 21. 11. 2026 v 9:14 odesílatel Vigie <vigie@lumen.example> napsal:',
  'Vigie <vigie@lumen.example> ezt írta (időpont: 2026. nov. 21., Szo, 9:14):',
  'sâm., 21 nov. 2026 la 09:14, Vigie <vigie@lumen.example> a scris:',
  'сб, 21 нояб. 2026 г. в 09:14, Vigie <vigie@lumen.example>:',
  '21.11.2026 09:14, Vigie пишет:',
  'Vigie <vigie@lumen.example>, 21 Kas 2026 Cmt, 09:14 tarihinde şunu yazdı:',
  'Στις Σάβ 21 Νοε 2026 στις 9:14 π.μ., ο χρήστης Vigie <vigie@lumen.example> έγραψε:',
  'Vigie <vigie@lumen.example> 于2026年11月21日周六 09:14写道：',
  '2026年11月21日(土) 9:14 Vigie <vigie@lumen.example>:',
  '2026년 11월 21일 (토) 오전 9:14, Vigie <vigie@lumen.example>님이 작성:',
  '\u202Bבתאריך שבת, 21 בנוב׳ 2026 ב-9:14 מאת \u202AVigie\u202C\u200F <\u202Avigie@lumen.example\u202C\u200F>:\u202C',
  'في السبت، ٢١ نوفمبر ٢٠٢٦ في ٩:١٤ ص تمت كتابة ما يلي بواسطة Vigie <vigie@lumen.example>:',
  'Vào Th 7, 21 thg 11, 2026 vào lúc 09:14 Vigie <vigie@lumen.example> đã viết:',
]

// The ones that leave the lines of the old mail unmarked.
const unmarked = [
  '-----Original Message-----\nFrom: Vigie\nSent: Saturday 21 November 2026 09:14',
  '---------- Forwarded message ---------\nFrom: Vigie <vigie@lumen.example>',
  '-------- Message d’origine --------\nDe : Vigie <vigie@lumen.example>',
  '-------- Ursprüngliche Nachricht --------\nVon: Vigie',
  '-------- Original-Nachricht --------\nVon: Vigie',
  '-------- Oorspronkelijk bericht --------\nVan: Vigie',
  '-------- Messaggio originale --------\nDa: Vigie',
  '-------- Mensagem original --------\nDe: Vigie',
  '-----Mensaje original-----\nDe: Vigie',
  '*-------- Original Message --------*',
  '________________________________\nFrom: Vigie <vigie@lumen.example>\nSent: Saturday, November 21, 2026 9:14 AM\nTo: Anne <anne@lumen.example>\nSubject: [High]',
  '________________________________\n\nDe : Vigie <vigie@lumen.example>\nEnvoyé : samedi 21 novembre 2026 09:14\nÀ : Anne\nObjet : [Élevé]',
  'De : Vigie <vigie@lumen.example> \nEnvoyé : samedi 21 novembre 2026 09:14\nÀ : Anne\nObjet : [Élevé]',
  '*De:* Vigie <vigie@lumen.example>\n*Enviado:* sábado\n*Para:* Anne\n*Asunto:* alta',
  'Von: Vigie <vigie@lumen.example>\nGesendet: Samstag, 21. November 2026 09:14\nAn: Anne\nBetreff: hoch',
  'Van: Vigie\nVerzonden: zaterdag 21 november 2026 09:14\nAan: Anne\nOnderwerp: hoog',
  'Da: Vigie\nInviato: sabato 21 novembre 2026 09:14\nA: Anne\nOggetto: alta',
  'Från: Vigie\nSkickat: den 21 november 2026 09:14\nTill: Anne\nÄmne: hög',
  'Fra: Vigie\nSendt: 21. november 2026 09:14\nTil: Anne\nEmne: høj',
  'Lähettäjä: Vigie\nLähetetty: 21. marraskuuta 2026\nVastaanottaja: Anne\nAihe: korkea',
  'От: Vigie\nОтправлено: 21 ноября 2026 г.\nКому: Anne\nТема: высокая',
  '发件人: Vigie\n发送时间: 2026年11月21日\n收件人: Anne\n主题: 高',
  'Début du message réexpédié :\n\nDe: Vigie <vigie@lumen.example>\nDate: 21 novembre 2026\nÀ: Anne\nObjet: élevé',
  'Le sam. 21 nov. 2026 à 09:14, Vigie <vigie@lumen.example> a écrit :',
  'On Saturday, November 21, 2026 9:14 AM, Vigie <vigie@lumen.example> wrote:',
  '---- On Sat, 21 Nov 2026 09:14:36 +0100 Vigie <vigie@lumen.example> wrote ----',
]

const signatures = [
  '-- \nAnne Dubois\nBrasserie Lumen\n+32 81 00 00 00',
  '--\nAnne',
  '___________\nAnne Dubois',
  '***\nAnne\nhttps://lumen.example',
  'Sent from my iPhone',
  'Envoyé de mon iPhone',
  'Envoyé à partir de Outlook pour Android',
  'Télécharger Outlook pour iOS',
  'Get Outlook for iOS<https://example.com/o>',
  'Von meinem iPhone gesendet',
  'Verzonden vanaf mijn iPhone',
  'Enviado desde mi iPhone',
  'Inviato da iPhone',
  'Skickat från min iPhone',
  'Wysłane z iPhone’a',
  '[Sent from Yahoo Mail](https://example.com)',
]

const old = ['Critique, Brasserie Lumen', '', 'Commande jamais reçue.', '#seen', 'Vigie']
const marked = old.map((line) => `> ${line}`).join('\n')

describe('what a person wrote', () => {
  it.each(attributions)('stands above the quote of: %s', (attribution) => {
    expect(ownWords(`${own}\n\n${attribution}\n\n${marked}\n`)).toEqual({ text: own, isCertain: true })
    expect(ownWords(`${own}\n${attribution}\n${marked}`)).toEqual({ text: own, isCertain: true })
  })

  it.each(attributions)('stands under the quote of: %s', (attribution) => {
    expect(ownWords(`${attribution}\n${marked}\n\n${own}\n`)).toEqual({ text: own, isCertain: true })
  })

  it.each(unmarked)('stands above: %s', (introduction) => {
    expect(ownWords(`${own}\n\n${introduction}\n\n${old.join('\n')}\n`)).toEqual({
      text: own,
      isCertain: true,
    })
  })

  it.each(signatures)('ends before the signature: %s', (signature) => {
    expect(ownWords(`${own}\n\n${signature}\n`).text).toBe(own)
    expect(ownWords(`${own}\n\n${signature}\n\n${attributions[0]}\n${marked}`).text).toBe(own)
    expect(ownWords(`${own}\n\n${attributions[0]}\n${marked}\n\n${signature}\n`).text).toBe(own)
  })

  it('keeps the lines it answers point by point', () => {
    const answer = '> Où est ma commande ?\n\nChez le transporteur.\n\n> Et le remboursement ?\n\nDemain.'

    expect(ownWords(answer).text).toBe(answer)
  })

  it('is not certain when an unmarked old mail has nothing above it', () => {
    const { isCertain } = ownWords(`${attributions[0]}\n\n${old.join('\n')}`)

    expect(isCertain).toBe(false)
  })

  it.each([
    'Le client a appelé le 12/03/2026, il dit que :\n- le colis est perdu\n- il attend',
    'On 5 occasions we told them:\nno.',
    'To do: call Marc\nFrom now on: no more posts',
    'Objet : rien à signaler\nTout va bien.',
    'a\n\n\n    indented\n\n- list',
    'Deux options :\n\n---\n\nla première est la plus longue et demande que quelqu’un du service clients rappelle\n\nla seconde est de ne rien faire',
    'Voir https://example.com/a?b=c:\nmerci',
  ])('is left alone: %j', (text) => {
    expect(ownWords(text)).toEqual({ text, isCertain: true })
  })

  it('is read in time however it is written', () => {
    const hostile = [
      `${'a@'.repeat(300_000)}:`,
      `${'On 2026 '.repeat(50_000)}\n`.repeat(3),
      '>'.repeat(500_000),
      `${'-'.repeat(400_000)}x`,
      'From: a\n'.repeat(60_000),
      'Sent from my iPhone\n'.repeat(25_000),
      `${'On 21 Nov 2026 <a@b>\n'.repeat(20_000)}`,
      `${' '.repeat(500_000)}x`,
      '*'.repeat(500_000),
      `${'1:00 '.repeat(200)}\n`.repeat(500),
    ]

    for (const text of hostile) {
      const started = performance.now()
      ownWords(text)
      expect(performance.now() - started).toBeLessThan(500)
    }
  })
})

const vectors = '/work/shared/reliability/vectors/email-replies'

it.runIf(existsSync(vectors))('agrees with nine in ten replies of the public collection', () => {
  const files = readdirSync(`${vectors}/emails`)
  const right = files.filter((file) => {
    const { text } = ownWords(readFileSync(`${vectors}/emails/${file}`, 'utf8'))
    return text === trimmed(readFileSync(`${vectors}/trimmed/${file}`, 'utf8'))
  })

  expect(right.length / files.length).toBeGreaterThanOrEqual(0.9)
})

function trimmed(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
}
