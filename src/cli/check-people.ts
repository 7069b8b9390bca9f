import type { Problem } from '../config/problem.ts'
import type { Config } from '../config.ts'
import { localDate } from '../domain/calendar.ts'
import { isAway } from '../domain/person.ts'
import type { Playbook } from '../domain/playbook.ts'

/** Playbooks whose tickets would reach nobody today: their owner is away, and so is whoever stands in. */
export function checkPeople(config: Pick<Config, 'people' | 'playbooks' | 'calendar'>, now: Date): Problem[] {
  const today = localDate(now, config.calendar.zone)
  return [...config.playbooks.values()].flatMap((playbook): Problem[] => {
    const owner = config.people.get(playbook.owner)
    if (!owner || !isAway(owner, today) || hasStandIn(playbook, config, today)) return []
    const until = owner.away.find(({ from, to }) => from <= today && today <= to)?.to
    const message = `"${owner.id}" is away until ${until ?? 'a later day'} and nobody stands in: name a deputy: who is there`
    const file = `playbooks/${playbook.category}.md`
    return [{ level: 'warning', file, line: null, column: null, key: 'owner', message }]
  })
}

function hasStandIn(playbook: Playbook, { people }: Pick<Config, 'people'>, today: string): boolean {
  return [playbook.deputy, people.get(playbook.owner)?.deputy].some((id) => {
    const person = people.get(id ?? '')
    return person !== undefined && !isAway(person, today)
  })
}
