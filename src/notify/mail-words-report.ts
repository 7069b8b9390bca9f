import type { ReaderLanguage } from '../domain/person.ts'
import { fr } from './mail-words.ts'

const french = {
  weekly: (from: string, to: string) => fr`Semaine du ${from} au ${to}`,
  monthly: (month: string) => fr`Mois de ${month}`,
  headline: (kept: string, total: string) => fr`${kept} réponses sur ${total} dans les temps`,
  allKept: (total: string, one: boolean) =>
    one ? fr`Votre réponse est partie dans les temps` : fr`Vos ${total} réponses sont parties dans les temps`,
  noAnswerDue: fr`Aucune réponse n'était due`,
  figures: {
    mentions: (one: boolean): string => (one ? 'mention' : 'mentions'),
    negative: (one: boolean): string => (one ? 'négative' : 'négatives'),
    opened: (one: boolean): string => (one ? 'nouveau ticket' : 'nouveaux tickets'),
    answered: (one: boolean): string => (one ? 'réponse' : 'réponses'),
  },
  before: (figures: string) => fr`La période d'avant : ${figures}.`,
  also: {
    waiting: (count: string, one: boolean) =>
      one ? fr`${count} ticket encore ouvert` : fr`${count} tickets encore ouverts`,
    dismissed: (count: string) => fr`${count} clos sans réponse`,
    unsure: (count: string, one: boolean) =>
      one ? fr`${count} mention sans verdict sûr` : fr`${count} mentions sans verdict sûr`,
  },
  alsoTitle: 'Aussi',
  chart: 'Mentions de la période',
  times: 'Temps de réponse',
  seen: 'Vu',
  answered: 'Répondu ou décidé',
  median: (much: string) => fr`la moitié en moins de ${much}`,
  slowest: (much: string) => fr`neuf sur dix en moins de ${much}`,
  kept: (kept: string, total: string, share: string) => fr`${kept} sur ${total} dans le délai (${share})`,
  nothingYet: fr`aucun sur cette période`,
  hours: fr`Ces temps sont ceux de l'horloge, nuits et week-ends compris ; les délais, eux, comptent les heures ouvrées.`,
  categories: 'Par catégorie',
  category: (opened: string, one: boolean, answered: string, time: string) =>
    `${opened} ${one ? 'nouveau' : 'nouveaux'}, ${answered} avec réponse${time}.`,
  inMedian: (much: string) => fr`, en ${much} pour la moitié`,
  watches: 'Par nom suivi',
  watch: (mentions: string, negative: string, count: number) => {
    if (count === 0) return fr`${mentions}, aucune négative.`
    return count === 1
      ? fr`${mentions}, dont ${negative} négative.`
      : fr`${mentions}, dont ${negative} négatives.`
  },
  waiting: fr`Ce qui attend depuis le plus longtemps`,
  reason: {
    weekly: fr`Vous recevez ce bilan chaque semaine parce que vigie.yaml le prévoit pour vous (« reports »).`,
    monthly: fr`Vous recevez ce bilan chaque mois parce que vigie.yaml le prévoit pour vous (« reports »).`,
  },
}

const english: typeof french = {
  weekly: (from, to) => `Week from ${from} to ${to}`,
  monthly: (month) => `Month of ${month}`,
  headline: (kept, total) => `${kept} answers of ${total} in time`,
  allKept: (total, one) => (one ? 'Your answer left in time' : `All ${total} answers left in time`),
  noAnswerDue: 'No answer was due',
  figures: {
    mentions: (one) => (one ? 'mention' : 'mentions'),
    negative: () => 'negative',
    opened: (one) => (one ? 'new ticket' : 'new tickets'),
    answered: (one) => (one ? 'answer' : 'answers'),
  },
  before: (figures) => `The period before: ${figures}.`,
  also: {
    waiting: (count, one) => (one ? `${count} ticket still open` : `${count} tickets still open`),
    dismissed: (count) => `${count} closed without an answer`,
    unsure: (count, one) =>
      one ? `${count} mention without a sure verdict` : `${count} mentions without a sure verdict`,
  },
  alsoTitle: 'Also',
  chart: 'Mentions of the period',
  times: 'Response times',
  seen: 'Seen',
  answered: 'Answered or decided',
  median: (much) => `half within ${much}`,
  slowest: (much) => `nine in ten within ${much}`,
  kept: (kept, total, share) => `${kept} of ${total} in time (${share})`,
  nothingYet: 'none in this period',
  hours: 'These are clock times, nights and weekends included; the limits themselves count working hours.',
  categories: 'By category',
  category: (opened, _one, answered, time) => `${opened} new, ${answered} answered${time}.`,
  inMedian: (much) => `, half of them within ${much}`,
  watches: 'By watch',
  watch: (mentions, negative, count) => `${mentions}, ${count === 0 ? 'none' : negative} of them negative.`,
  waiting: 'What has waited longest',
  reason: {
    weekly: 'You get this report every week because vigie.yaml says so for you (“reports”).',
    monthly: 'You get this report every month because vigie.yaml says so for you (“reports”).',
  },
}

/** What a report says. */
export const reportWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>
