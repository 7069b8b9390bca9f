/** Words that weigh, as all do, but that nobody would take for a reason: French and English together, folded. */
const french =
  'a afin ai aie ainsi ait alle allee aller alors an annee annees ans aout apres as assez au aucun ' +
  'aujourd aura aurais aurait aussi autant autre autres aux avaient avais avait avant avec avez avoir ' +
  'avons avril beaucoup bien bonjour bonsoir c ca car ce ceci cela celle celles celui cent ces cest ' +
  'cet cette ceux chaque chez chose choses ci cinq cinquante comme comment d dans de decembre dedans ' +
  'dehors deja dela demain depuis derriere des desormais dessus deux devant dimanche dire dis dit dix ' +
  'donc dont douze ds du elle elles en encore entre environ es est et etaient etais etait etant ete ' +
  'etes etre eu eux faire fais fait faites fevrier fois font h heure heures hier hui huit ici il ils ' +
  'j jai jamais janvier je jeudi jour jours jsuis juillet juin jusqu jusque juste l la le les leur ' +
  'leurs lors lorsque lui lundi m ma mai mais mardi mars me meme memes mercredi mes mille minute ' +
  'minutes moi moins mois mon n ne neuf ni non nos notre nous novembre octobre on ont onze or ou par ' +
  'parce pas pcq pendant peu peut peux plus plutot pour pourquoi pq pr pris puis puisque qd qu quand ' +
  'quarante quatre que quel quelle quelles quelque quelques quels qui quoi quoique rien s sa salut ' +
  'samedi sans se selon semaine semaines sept septembre sera seront ses seul seule si sien six soi ' +
  'soient sois soit sommes son sont sous suis sur t ta tandis tant te tel telle tes toi ton toujours ' +
  'tous tout toute toutes trente tres trois tu un une va vais vas vendredi vers viens vient vingt ' +
  'voici voila vont vos votre vous vraiment vu y'

const english =
  'a about above actually after again against ago all almost already also although always am an and ' +
  'another any anyone anything anyway april are aren around as at august away back basically be ' +
  'because been before being below between both but by came can cannot come cos could couldn coz d ' +
  'day days dear december did didn do does doesn doing don done down during each eight either eleven ' +
  'else even ever every everyone everything february few fifty first five for forty four friday from ' +
  'further get gets getting give given go goes going gone gonna got gotta had hadn has hasn have ' +
  'haven having he hello her here hers herself hi him himself his hour hours how however hundred i if ' +
  'im in into is isn it its itself january july june just keep know last least less let like ' +
  'literally ll look lot lots made make many march may maybe me might mine minute minutes monday ' +
  'month months more most much must my myself need neither never new next nine no nobody none nor not ' +
  'nothing november now october of off often ok okay on once one ones only onto or other others our ' +
  'ours out over own per put quite rather re really s said same saturday saw say says see seen ' +
  'september seven she should shouldn since six so some somebody someone something soon still such ' +
  'sunday sure t take taken ten than that the their theirs them themselves then there these they ' +
  'thing things think thirty this those though thousand three through thursday till time to today ' +
  'together told tomorrow tonight too took toward tried try tuesday turn twelve twenty two u under ' +
  'until up upon ur us use used ve very via wanna want wants was wasn way we wednesday week weeks ' +
  'well went were weren what whatever when where whether which while whilst who whole whom whose why ' +
  'will with within without won would wouldn year years yes yesterday yet you your yours yourself'

const empty = new Set(`${french} ${english}`.split(' '))

/** Whether a word is not to be shown as a reason: a little word, a single letter, a plain number. */
export function saysNothing(folded: string): boolean {
  return (folded.length < 2 && folded.charCodeAt(0) < 128) || empty.has(folded) || /^\d+$/.test(folded)
}
