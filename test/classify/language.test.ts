import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'

const classifier = loadClassifier('data/model')

describe('language', () => {
  it.each([
    ['fr', 'Je suis passé hier avec des amis et nous avons bien ri'],
    ['en', 'We went there yesterday with some friends and had a laugh'],
    ['nl', 'We zijn er gisteren met een paar vrienden naartoe geweest'],
    ['de', 'Wir waren gestern mit ein paar Freunden dort und haben gelacht'],
    ['es', 'Ayer fuimos con unos amigos y nos reímos mucho'],
    ['it', 'Ieri ci siamo andati con alcuni amici e abbiamo riso molto'],
    ['pt', 'Ontem fomos lá com alguns amigos e rimos muito'],
    ['pl', 'Wczoraj poszliśmy tam z przyjaciółmi i dużo się śmialiśmy'],
    ['sv', 'Vi var där igår med några vänner och skrattade mycket'],
    ['el', 'Χθες πήγαμε εκεί με μερικούς φίλους και γελάσαμε πολύ'],
    ['bg', 'Вчера отидохме там с няколко приятели и много се смяхме'],
    ['ar', 'ذهبنا إلى هناك أمس مع بعض الأصدقاء وضحكنا كثيرا'],
  ])('knows %s', (language, text) => {
    expect(classifier.judge(text).language).toBe(language)
  })

  it.each([
    ['three words', 'Super bon accueil'],
    ['nothing', ''],
    ['emoji', '😀😀😀'],
    ['links, names and tags', '@anne @marc https://lumen.example #lumenbeer'],
    ['a language without a training set', '昨日友達と一緒にそこへ行きました'],
    ['Turkish', 'Dün birkaç arkadaşımla oraya gittik ve çok güldük'],
    ['Ukrainian', 'Вчора ми ходили туди з кількома друзями і багато сміялися'],
  ])('does not guess: %s', (_, text) => {
    expect(classifier.judge(text).language).toBeNull()
    expect(classifier.judge(text).sure).toBe(false)
  })

  it('takes the claim of the source as a hint that the text overrules', () => {
    const french = 'Je suis passé hier avec des amis et nous avons bien ri'

    expect(classifier.judge(french, { language: 'en' }).language).toBe('fr')
    expect(classifier.judge(french, { language: 'xx' }).language).toBe('fr')
    expect(classifier.judge('Quelle honte !', { language: 'fr' }).language).toBe('fr')
    expect(classifier.judge('Quelle honte !').language).toBeNull()
  })
})
