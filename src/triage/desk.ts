import type { Config } from '../config.ts'
import type { Correction, WrittenDraft } from '../domain/answer.ts'
import { hourMs } from '../domain/duration.ts'
import type { Person, Role } from '../domain/person.ts'
import type { Approval } from '../domain/playbook.ts'
import { fullText } from '../domain/relevance.ts'
import type { Ticket } from '../domain/ticket.ts'
import { type GuardFinding, guard, isHeldBack } from '../respond/guard.ts'
import type { Store, TicketChange } from '../store/store.ts'
import { type TicketAction, TicketActionError, ticketAction } from './act.ts'
import { whatIsCategorised } from './passage.ts'
import { deadlinesOf } from './triage.ts'

/**
 * Everything a person may do to a ticket, with its rules: the command line, the pages and the mail replies all pass
 * here, so that no path goes around the guard or an approval. Each throws TicketActionError when the person asks for
 * what the rules forbid; the message says why and what to do.
 */
export interface Desk {
  /** seen, answered, dismiss, assign, snooze. */
  act(ticket: number, action: TicketAction, who: string): Promise<Ticket>
  reopen(ticket: number, who: string, why: string): Promise<Ticket>
  note(ticket: number, who: string, text: string): Promise<Ticket>
  /** Corrects the category: teaches, keeps the ticket, recounts its deadlines from its opening. */
  categorise(ticket: number, who: string, category: string): Promise<Ticket>
  tick(ticket: number, question: number, isDone: boolean, who: string): Promise<void>
  /** Keeps what a person writes; says what speaks against posting it. */
  saveDraft(ticket: number, who: string, draft: DraftText): Promise<GuardedDraft>
  /** What speaks against a text, without keeping it. */
  guardDraft(ticket: number, draft: DraftText): Promise<readonly GuardFinding[]>
  /** Hands drafts to whoever may approve them. Refused while the guard blocks and nobody else would read them. */
  askApproval(ticket: number, who: string, drafts: readonly number[]): Promise<Ticket>
  approve(ticket: number, who: string, draft: number, comment: string): Promise<Ticket>
  refuse(ticket: number, who: string, draft: number, reason: string): Promise<Ticket>
  /** The answer was posted, with the text that was posted when it is known. */
  posted(ticket: number, who: string, url: string | null, draft: number | null): Promise<Ticket>
  /** Puts the mentions of one ticket into another and closes the first. */
  merge(from: number, into: number, who: string): Promise<Ticket>
  /** Takes mentions out into a ticket of their own. */
  split(ticket: number, mentions: readonly number[], who: string): Promise<Ticket>
  /** Who may approve an answer to this ticket, and when a single person may: see `approvalRule`. */
  approvers(ticket: Ticket): readonly Person[]
}

export interface DraftText {
  readonly text: string
  readonly language: string
  readonly name: string | null
}

export interface GuardedDraft {
  readonly draft: WrittenDraft
  readonly findings: readonly GuardFinding[]
}

/** What each role may do; `reader` may only look. */
export const rights: Readonly<Record<Role, readonly Right[]>> = {
  owner: ['read', 'work', 'approve-owner', 'approve-responder', 'configure'],
  adviser: ['read', 'work', 'approve-adviser', 'approve-owner', 'approve-responder'],
  approver: ['read', 'work', 'approve-owner', 'approve-responder'],
  responder: ['read', 'work', 'approve-responder'],
  reader: ['read'],
}

export type Right = 'read' | 'work' | 'approve-responder' | 'approve-owner' | 'approve-adviser' | 'configure'

export function may(person: Pick<Person, 'role'>, right: Right): boolean {
  return rights[person.role].includes(right)
}

export interface DeskDeps {
  readonly store: Store
  now(): Date
  /** ISO 639-1 of a text; null when unknown. */
  languageOf(text: string): string | null
  /** Told when people corrected a decision, so that what is learnt is learnt anew. */
  onCorrection(correction: Correction): void
}

/** A single person approves their own answer only after sleeping on it for so long. */
const pauseMs = hourMs

/** The desk over a store. */
export function desk(config: Config, deps: DeskDeps): Desk {
  const { store } = deps

  async function ticketOf(id: number): Promise<Ticket> {
    const ticket = await store.ticket(id)
    if (!ticket) throw new TicketActionError(`there is no ticket ${id}`)
    return ticket
  }

  function personOf(id: string): Person {
    const person = config.people.get(id)
    if (!person) throw new TicketActionError(`"${id}" is not among the people of vigie.yaml`)
    if (!may(person, 'work')) throw new TicketActionError(`${person.name} may read, not work on tickets`)
    return person
  }

  async function change(id: number, change: TicketChange): Promise<Ticket> {
    const changed = await store.changeTicket(id, change)
    if (!changed) throw new TicketActionError(`there is no ticket ${id}`)
    return changed
  }

  async function act(id: number, action: TicketAction, who: string): Promise<Ticket> {
    const ticket = await ticketOf(id)
    const person = personOf(who)
    if (action.verb === 'answered') await refuseUnapproved(ticket, person)
    const made = ticketAction(ticket, action, who, config, deps.now())
    const changed = await change(id, made)
    const reason = made.set.dismissReason
    if (reason === 'not-us' || reason === 'not-negative') await teach(ticket, reason, who, null)
    return changed
  }

  /** The rule that nobody's own word is enough where the playbook asks for another's. */
  async function refuseUnapproved(ticket: Ticket, person: Person): Promise<void> {
    const drafts = await store.drafts(ticket.id)
    const approved = drafts.some((draft) => draft.state === 'approved')
    if (approved) return
    const proposed = drafts.filter((draft) => draft.state === 'proposed')
    if (ticket.state === 'in-approval' && proposed.some((draft) => draft.who === person.id)) {
      throw new TicketActionError('your answer waits for approval: someone else says yes first')
    }
    if (!may(person, approvalRight(ticket.approval))) {
      const names = approversOf(ticket).map((approver) => approver.name)
      throw new TicketActionError(
        `an answer to this ticket needs the approval of ${names.join(' or ') || ticket.approval}: ask for it first`,
      )
    }
  }

  function approversOf(ticket: Ticket): Person[] {
    return [...config.people.values()].filter((person) => may(person, approvalRight(ticket.approval)))
  }

  async function teach(
    ticket: Ticket,
    kind: Correction['kind'],
    who: string,
    category: string | null,
  ): Promise<void> {
    // What is said of a rehearsal is part of it, and teaches nothing.
    if (ticket.drill) return
    for (const { mention, judgement } of await store.ticketMentions(ticket.id)) {
      const correction = {
        mention: mention.id,
        ticket: ticket.id,
        watch: ticket.watch,
        at: deps.now(),
        who,
        kind,
        text: whatIsCategorised(mention),
        language: judgement?.language ?? null,
        category,
      }
      deps.onCorrection(await store.recordCorrection(correction, mention.contentHash))
    }
  }

  async function categorise(id: number, who: string, category: string): Promise<Ticket> {
    const ticket = await ticketOf(id)
    personOf(who)
    const playbook = config.playbooks.get(category)
    if (!playbook || playbook.overlay) throw new TicketActionError(`there is no playbook "${category}"`)
    const changed = await change(id, {
      at: deps.now(),
      who,
      what: 'categorised',
      detail: { from: ticket.category, to: category },
      set: {
        category,
        categoryConfidence: 1,
        severity: playbook.severity,
        approval: playbook.approval,
        ...deadlinesOf(playbook, ticket.openedAt, config.calendar),
      },
    })
    await teach(ticket, 'category', who, category)
    return changed
  }

  async function guardDraft(id: number, draft: DraftText): Promise<readonly GuardFinding[]> {
    const ticket = await ticketOf(id)
    const playbook = config.playbooks.get(ticket.category)
    const [first] = await store.ticketMentions(id)
    if (!playbook || !first) return []
    const watchName = config.watches.find((watch) => watch.id === ticket.watch)?.name
    const answer = playbook.texts.get(draft.language)?.answers.find(({ name }) => name === draft.name)
    return guard({
      text: draft.text,
      mentionText: fullText(first.mention.entry),
      mentionLanguage: first.judgement?.language ?? null,
      answerLanguage: deps.languageOf(draft.text),
      playbook,
      policy: config.policy,
      postedBefore: await store.postedTexts(first.mention.canonicalUrl, id),
      maxLength: answer?.maxLength ?? null,
      names: [config.company, watchName].filter((name) => name !== null && name !== undefined),
      ourContacts: [config.contact, ...[...config.people.values()].map((person) => person.email)].filter(
        (contact) => contact !== null,
      ),
    })
  }

  async function saveDraft(id: number, who: string, draft: DraftText): Promise<GuardedDraft> {
    personOf(who)
    const findings = await guardDraft(id, draft)
    const saved = await store.saveDraft({ ...draft, ticket: id, who, at: deps.now(), state: 'working' })
    return { draft: saved, findings }
  }

  async function askApproval(id: number, who: string, ids: readonly number[]): Promise<Ticket> {
    const ticket = await ticketOf(id)
    personOf(who)
    const drafts = (await store.drafts(id)).filter(
      (draft) => ids.includes(draft.id) && draft.state === 'working',
    )
    if (drafts.length === 0) throw new TicketActionError('write an answer first')
    for (const draft of drafts) await refuseHeldBack(ticket, draft)
    for (const draft of drafts) {
      await store.decideDraft(draft.id, { at: deps.now(), who, state: 'proposed', reason: null })
    }
    const others = approversOf(ticket).filter((person) => person.id !== who)
    return change(id, {
      at: deps.now(),
      who,
      what: 'approval-asked',
      detail: { drafts: drafts.map((draft) => draft.id), of: others.map((person) => person.id) },
      set: { state: 'in-approval', ...(ticket.seenAt ? {} : { seenAt: deps.now() }) },
      notices: others
        .filter((person) => person.alerts)
        .map((person) => ({ person: person.id, kind: 'approval', dueAt: deps.now() })),
    })
  }

  async function refuseHeldBack(ticket: Ticket, draft: WrittenDraft): Promise<void> {
    const findings = await guardDraft(ticket.id, draft)
    if (!isHeldBack(findings, ticket.approval)) return
    const said = findings.filter((finding) => finding.isBlocking).map((finding) => finding.message.en)
    throw new TicketActionError(`this answer cannot leave yet: ${said.join('; ')}`)
  }

  async function decide(
    id: number,
    who: string,
    draftId: number,
    state: 'approved' | 'refused',
    reason: string,
  ): Promise<Ticket> {
    const ticket = await ticketOf(id)
    const person = personOf(who)
    const draft = (await store.drafts(id)).find(
      (candidate) => candidate.id === draftId && candidate.state === 'proposed',
    )
    if (!draft) throw new TicketActionError('that answer is not waiting for approval')
    if (!may(person, approvalRight(ticket.approval)))
      throw new TicketActionError(`${person.name} may not approve answers to this ticket`)
    if (state === 'approved') await refuseOwnWord(ticket, person, draft)
    if (state === 'refused' && reason.trim() === '')
      throw new TicketActionError('say why not, so that the writer can mend it')
    await store.decideDraft(draftId, { at: deps.now(), who, state, reason: reason || null })
    const others = (await store.drafts(id)).some((candidate) => candidate.state === 'proposed')
    return change(id, {
      at: deps.now(),
      who,
      what: state,
      detail: { draft: draftId, reason },
      set: state === 'approved' || !others ? { state: 'seen' } : {},
      notices:
        draft.who === who || !config.people.get(draft.who)?.alerts
          ? []
          : [{ person: draft.who, kind: state, dueAt: deps.now() }],
    })
  }

  async function refuseOwnWord(ticket: Ticket, person: Person, draft: WrittenDraft): Promise<void> {
    if (draft.who !== person.id || ticket.approval === 'none') return
    const others = approversOf(ticket).filter((approver) => approver.id !== person.id)
    if (others.length > 0)
      throw new TicketActionError(
        `someone else says yes to your own answer: ${others.map((other) => other.name).join(' or ')}`,
      )
    const askedAt = draft.decidedAt ?? draft.at
    const readyAt = new Date(askedAt.getTime() + pauseMs)
    if (deps.now() < readyAt) {
      throw new TicketActionError(
        `you are the only one who can approve: read it again after ${readyAt.toISOString()}, then say yes`,
      )
    }
  }

  async function posted(
    id: number,
    who: string,
    url: string | null,
    draftId: number | null,
  ): Promise<Ticket> {
    const ticket = await ticketOf(id)
    const draft =
      draftId === null
        ? null
        : ((await store.drafts(id)).find((candidate) => candidate.id === draftId) ?? null)
    if (draftId !== null && !draft) throw new TicketActionError('there is no such answer')
    if (draft) await refuseHeldBack(ticket, draft)
    const changed = await act(id, { verb: 'answered', ...(url === null ? {} : { value: url }) }, who)
    if (draft) await store.decideDraft(draft.id, { at: deps.now(), who, state: 'posted', reason: null })
    return changed
  }

  return {
    act,
    categorise,
    guardDraft,
    saveDraft,
    askApproval,
    posted,
    approvers: approversOf,
    approve: (id, who, draft, comment) => decide(id, who, draft, 'approved', comment),
    refuse: (id, who, draft, reason) => decide(id, who, draft, 'refused', reason),
    reopen: async (id, who, why) => {
      personOf(who)
      const set = { state: 'seen', dismissReason: null, againAt: null } as const
      return change(id, { at: deps.now(), who, what: 'reopened', detail: { reason: why }, set })
    },
    note: async (id, who, text) => {
      personOf(who)
      return change(id, {
        at: deps.now(),
        who,
        what: 'note',
        detail: { text: text.slice(0, 10_000) },
        set: {},
      })
    },
    tick: async (id, question, isDone, who) => {
      personOf(who)
      await ticketOf(id)
      await store.setTick(id, question, isDone, who, deps.now())
    },
    merge: async (from, into, who) => {
      personOf(who)
      if (from === into) throw new TicketActionError('a ticket cannot be merged into itself')
      await ticketOf(from)
      await ticketOf(into)
      return store.mergeTickets(from, into, who, deps.now())
    },
    split: async (id, mentions, who) => {
      personOf(who)
      const ticket = await ticketOf(id)
      if (mentions.length === 0 || mentions.length >= ticket.mentionCount) {
        throw new TicketActionError('choose some of the texts, not none and not all')
      }
      return store.splitTicket(id, mentions, who, deps.now())
    },
  }
}

function approvalRight(approval: Approval): Right {
  switch (approval) {
    case 'none':
      return 'work'
    case 'responder':
      return 'approve-responder'
    case 'owner':
      return 'approve-owner'
    case 'adviser':
      return 'approve-adviser'
  }
}
