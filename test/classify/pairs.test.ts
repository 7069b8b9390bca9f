import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import type { Judgement } from '../../src/domain/judgement.ts'

/**
 * What people really write, table by table. Each table has a floor: the share that was right when the shipped model was
 * measured, less one or two cases. A case in square brackets names the watch: the verdict is about that name.
 */
type Expected = '-' | '+' | '0' | 'not -' | 'not +' | 'unsure or -'
type Case = readonly [expected: Expected, text: string]

const classifier = loadClassifier('data/model')

const negation: Case[] = [
  ['not -', 'Pas mal du tout, ce petit restaurant'],
  ['not -', 'Rien à redire sur la livraison'],
  ['+', 'Franchement pas déçue de mon achat'],
  ['+', 'Je ne peux que recommander cette adresse'],
  ['+', 'Aucun souci avec eux, toujours à l’écoute'],
  ['+', 'Jamais déçus en cinq ans'],
  ['-', 'Ce n’est pas bon et ce n’est pas frais'],
  ['-', 'Le service n’est pas du tout professionnel'],
  ['-', 'Je ne suis pas content de la réparation'],
  ['-', 'Ça ne marche pas et ça n’a jamais marché'],
  ['-', 'Personne ne répond aux messages'],
  ['-', 'Pas terrible, ce nouveau menu'],
  ['not -', 'Not bad at all for the price'],
  ['+', 'I have no complaints, everything was great'],
  ['+', 'You can’t go wrong with this place'],
  ['+', 'Never had a bad meal here'],
  ['not -', 'Nothing wrong with the room'],
  ['-', 'This is not a good product'],
  ['-', 'The staff were not friendly'],
  ['-', 'I don’t like the new recipe'],
  ['-', 'It doesn’t work and never did'],
  ['-', 'Nobody answers the phone'],
  ['-', 'I would not buy from them again'],
  ['not -', 'Helemaal niet slecht voor die prijs'],
  ['-', 'Het eten was niet lekker'],
  ['-', 'Ik ben niet tevreden over de service'],
  ['+', 'Niets dan lof voor dit team'],
  ['-', 'Das Essen war nicht gut'],
  ['-', 'La comida no era buena'],
  ['-', 'Il servizio non è buono'],
]

const irony: Case[] = [
  ['unsure or -', 'Bravo pour le colis perdu, vraiment du grand art #sarcasme'],
  ['unsure or -', 'Merci pour les trois heures d’attente 🙄'],
  ['unsure or -', 'Super, encore une panne'],
  ['unsure or -', 'Génial, mon train est encore annulé'],
  ['unsure or -', 'Quel service exceptionnel, une semaine sans internet'],
  ['unsure or -', 'Félicitations, vous avez encore perdu mon dossier'],
  ['unsure or -', 'Great job losing my luggage again'],
  ['unsure or -', 'Wow, thanks for nothing'],
  ['unsure or -', 'Oh lovely, another delay #not'],
  ['unsure or -', 'Best customer service ever, only six weeks of waiting /s'],
  ['unsure or -', 'Thank you so much for cancelling my order without telling me'],
  ['unsure or -', 'I just love being on hold for two hours 🙃'],
  ['unsure or -', 'Fantastic, the website is down again'],
  ['unsure or -', 'Fijn, weer geen trein vandaag'],
  ['unsure or -', 'Toll, schon wieder zwei Stunden warten'],
]

const emoji: Case[] = [
  ['+', '😍😍😍'],
  ['+', '❤️'],
  ['+', '👍👍'],
  ['+', '👏👏👏'],
  ['+', '🥰'],
  ['+', ':)'],
  ['+', '<3 <3'],
  ['-', '😡😡'],
  ['-', '🤮'],
  ['-', '👎'],
  ['-', '😠'],
  ['-', ':('],
  ['-', '😭😭😭'],
  ['-', '💩'],
  ['-', '🤬'],
]

const mixed: Case[] = [
  ['+', 'Le staff est awesome, vraiment love this place'],
  ['-', 'Gros fail de leur customer service, worst expérience ever'],
  ['-', 'Franchement c’est de la merde ce bullshit marketing'],
  ['+', 'Très happy de mon achat, thank you la team'],
  ['-', 'De service is echt bad, nooit meer'],
  ['+', 'Heel nice personeel, super content'],
  ['-', 'Epic fail, le site est down depuis hier'],
  ['+', 'Best frites ever, un vrai délice'],
  ['-', 'So disappointed, le plat était froid'],
  ['+', 'Merci guys, you made my day'],
]

const capitals: Case[] = [
  ['-', 'NE COMMANDEZ JAMAIS CHEZ EUX'],
  ['-', 'C’EST UNE HONTE'],
  ['-', 'VOLEURS !!! RENDEZ-MOI MON ARGENT'],
  ['-', 'SERVICE CLIENT NUL'],
  ['-', 'THIS IS A SCAM'],
  ['-', 'WORST COMPANY EVER'],
  ['-', 'I WANT MY MONEY BACK NOW'],
  ['-', 'DO NOT BUY THIS'],
  ['+', 'BEST DAY EVER, THANK YOU'],
  ['+', 'J’ADORE CETTE MARQUE'],
  ['+', 'TROP BON, MERCI'],
  ['+', 'AMAZING STAFF'],
]

const comparisons: Case[] = [
  ['not -', 'Switched from Acme to [Lumen], finally something that works'],
  ['not -', 'I left Acme for [Lumen] and could not be happier'],
  ['not -', '[Lumen] is so much better than Acme'],
  ['not -', 'Unlike Acme, [Lumen] actually answers'],
  ['not +', 'Acme is so much better than [Lumen]'],
  ['not +', 'I left [Lumen] for Acme, finally a service that works'],
  ['not +', 'Any other brewery is better than [Lumen]'],
  ['not +', 'Unlike [Lumen], Acme has excellent support'],
  ['not -', 'J’ai quitté Acme pour [Lumen], enfin un service qui marche'],
  ['not -', '[Lumen] est bien meilleur que Acme'],
  ['not -', 'Contrairement à Acme, [Lumen] est fiable et rapide'],
  ['not +', 'Acme est bien meilleur que [Lumen]'],
  ['not +', 'J’ai quitté [Lumen] pour Acme et je suis ravi'],
  ['not +', 'Contrairement à [Lumen], Acme est fiable et rapide'],
  ['not +', 'Tout est mieux que [Lumen]'],
  ['not -', 'Overgestapt van Acme naar [Lumen], eindelijk goede service'],
  ['not +', 'Acme is veel beter dan [Lumen]'],
]

const towardUs: Case[] = [
  ['not +', 'Je préfère Acme à [Lumen]'],
  ['not +', 'I prefer Acme over [Lumen] any day'],
  ['-', 'The hotel was lovely, but [Lumen] ruined the evening with a rude waiter'],
  ['not -', 'The hotel was awful, but the beer from [Lumen] was excellent'],
  ['-', 'Super week-end à Namur, par contre [Lumen] : service lamentable et bière tiède'],
  ['not -', 'Week-end pourri, heureusement que [Lumen] nous a régalés avec une bière excellente'],
  ['-', 'I ordered from [Lumen] two weeks ago. It never arrived. Awful service.'],
  ['-', 'J’ai commandé chez [Lumen] il y a deux semaines. Rien reçu. Service client nul.'],
  ['not -', 'Acme sells garbage and their support is terrible. We drink [Lumen] at home.'],
  ['+', 'Terrible weather, long queue, but [Lumen] has the best beer in town'],
  ['-', 'Great music and lovely people, shame that the [Lumen] stand served horrible warm beer'],
  ['-', 'Mon fils adore la fête, mais la bière de [Lumen] est infecte'],
]

const quotes: Case[] = [
  ['-', 'Their so-called “premium service” is a joke'],
  ['-', 'Leur « service premium » est une vaste blague'],
  ['-', '“We will call you back tomorrow”: three weeks later, still nothing'],
  ['-', '« On vous rappelle demain » : trois semaines après, toujours rien'],
  ['+', 'My grandmother said “best beer of my life” and I agree'],
  ['+', 'Ma grand-mère a dit « la meilleure bière de ma vie » et je suis d’accord'],
  ['-', 'The “fresh” fish smelled awful'],
  ['-', 'Le poisson « frais » sentait mauvais'],
]

const reported: Case[] = [
  ['0', 'The company said on Monday that it would open a plant in Ghent'],
  ['0', 'Le directeur a déclaré que la réunion aurait lieu mardi'],
  ['0', 'According to the report, the firm has 200 employees'],
  ['0', 'Selon le rapport, la société compte 200 employés'],
  ['not +', 'Customers say the brewery sold spoiled beer'],
  ['not +', 'Des clients affirment que la brasserie a vendu de la bière avariée'],
  ['not -', 'Many visitors praised the brewery for its welcome'],
  ['not -', 'De nombreux visiteurs ont salué l’accueil de la brasserie'],
  ['0', 'Does anyone know whether they ship to Spain?'],
  ['0', 'Quelqu’un sait s’ils livrent en Espagne ?'],
]

/** Written after the model was trained, and not used to change anything. */
const comments: Case[] = [
  ['-', 'Cela fait trois semaines que j’attends ma commande et le service client ne répond pas à mes mails.'],
  ['-', 'Bonjour, j’ai été débité deux fois, pouvez-vous me rembourser ?'],
  ['-', 'Toujours pas reçu ma bière commandée le 3 mars @lumen_beer'],
  ['-', 'Nous attendons encore votre réponse.'],
  ['-', 'Attention, arnaque ! Ils prennent l’argent et ne livrent jamais.'],
  ['-', 'J’ai trouvé un morceau de verre dans ma bouteille'],
  ['-', 'La caution n’a pas été rendue'],
  ['-', 'Serveur odieux, bière tiède, addition salée'],
  ['-', 'Encore une hausse de prix chez Lumen, ça devient du vol'],
  ['-', 'Le brasseur accusé de harcèlement par d’anciens employés'],
  ['-', 'Rappel de produit : présence possible de verre dans les bouteilles'],
  ['0', 'La brasserie Lumen participe au salon de l’agriculture'],
  ['0', 'Lumen recrute un brasseur à Namur (CDI)'],
  ['0', 'Horaires d’ouverture : du mardi au samedi de 10h à 18h'],
  ['0', 'Qui vient à la soirée Lumen vendredi ?'],
  ['+', 'Merci Lumen pour la visite, on a adoré !'],
  ['+', 'La meilleure blonde de la région, sans hésiter'],
  ['+', 'Victoire pour la brasserie Lumen au concours mondial de Bruxelles'],
  ['-', 'Three weeks and my order still has not shipped.'],
  ['-', 'I was charged twice, can someone help me?'],
  ['-', 'Found a piece of glass in my bottle of Lumen'],
  ['-', 'Brewery accused of harassment by former employees'],
  ['-', 'Lumen recalls 12,000 bottles over glass fragments'],
  ['-', 'The waiter ignored us for forty minutes'],
  ['-', 'Asked for a refund a month ago, no answer so far'],
  ['-', 'Flat beer, warm glass, never again'],
  ['0', 'Lumen brewery to attend the craft beer fair in London'],
  ['0', 'What time does the Lumen taproom open on Sundays?'],
  ['0', 'Lumen appoints new head brewer'],
  ['+', 'Lumen wins gold at the World Beer Awards'],
  ['+', 'Had a lovely evening at the Lumen taproom, cheers guys'],
  ['+', 'Best blonde I had this year'],
  ['-', 'Drie weken gewacht en nog altijd geen bestelling ontvangen'],
  ['-', 'De bediening was traag en onvriendelijk, het bier was lauw'],
  ['-', 'Ik heb een stuk glas in mijn flesje gevonden'],
  ['-', 'Ze antwoorden niet op mijn mails'],
  ['0', 'Brouwerij Lumen opent een nieuwe winkel in Gent'],
  ['0', 'Tot hoe laat is de brouwerij zondag open?'],
  ['+', 'Heerlijk bier en supervriendelijk personeel, wij komen terug!'],
  ['+', 'Proficiat met de gouden medaille'],
  ['-', 'Seit drei Wochen warte ich auf meine Bestellung, keine Antwort'],
  ['-', 'Der Kellner war unfreundlich und das Bier warm'],
  ['+', 'Sehr leckeres Bier, gerne wieder!'],
  ['0', 'Die Brauerei Lumen eröffnet eine Filiale in Köln'],
]

describe('what people really write', () => {
  it.each([
    ['negation', negation, 0.9],
    ['irony marks', irony, 0.85],
    ['emoji only', emoji, 0.9],
    ['mixed languages', mixed, 0.9],
    ['capitals', capitals, 0.9],
    ['comparisons', comparisons, 0.85],
    ['toward us', towardUs, 0.8],
    ['quotes', quotes, 0.8],
    ['reported speech', reported, 0.8],
    ['comments', comments, 0.85],
  ] as const)('is judged right: %s', (_, cases, floor) => {
    const wrong = cases.filter((one) => !isRight(one)).map(describeCase)

    expect(1 - wrong.length / cases.length, wrong.join('\n')).toBeGreaterThanOrEqual(floor)
  })
})

function isRight([expected, marked]: Case): boolean {
  const { polarity, sure } = judge(marked)
  switch (expected) {
    case '-':
      return polarity === 'negative'
    case '+':
      return polarity === 'positive'
    case '0':
      return polarity === 'neutral'
    case 'not -':
      return polarity !== 'negative'
    case 'not +':
      return polarity !== 'positive'
    case 'unsure or -':
      return polarity === 'negative' || !sure
  }
}

function judge(marked: string): Judgement {
  const start = marked.indexOf('[')
  const end = marked.indexOf(']') - 1
  const text = marked.replace('[', '').replace(']', '')
  return classifier.judge(text, start === -1 ? {} : { about: [{ start, end }] })
}

function describeCase([expected, marked]: Case): string {
  const { polarity, confidence, sure } = judge(marked)
  return `expected ${expected}, said ${polarity} ${confidence.toFixed(2)}${sure ? ' (sure)' : ''}: ${marked}`
}
