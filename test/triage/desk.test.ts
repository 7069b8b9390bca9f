import { describe, expect, it } from 'vitest'
import type { Correction } from '../../src/domain/answer.ts'
import { openStore } from '../../src/store/open-store.ts'
import { desk } from '../../src/triage/desk.ts'
import { configOf, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'
import { openTicketIn } from '../helpers/tickets.ts'

const openedAt = new Date('2026-11-18T08:00:00Z')
const goodText = 'Hello, we looked into your order and will write to you today. Ada Example, Shop'

async function office(approval = 'owner', team = 'owner, responder') {
  const people = [
    '  ada: { name: Ada Example, email: ada@shop.example, role: owner }',
    '  bob: { name: Bob Example, email: bob@shop.example, role: responder }',
    '  eve: { name: Eve Example, email: eve@shop.example, role: reader }',
    '  ida: { name: Ida Example, email: ida@shop.example, role: adviser }',
  ].filter((line) => [...team.split(', '), 'reader'].some((role) => line.includes(`role: ${role}`)))
  const folder = folderWith({
    ...smallFolder,
    'vigie.yaml': `${smallFolder['vigie.yaml'].replace(/ {2}ada:.*/, people.join('\n'))}company: Shop\n`,
    'playbooks/dissatisfied-customer.md': playbookOf().replace(
      'approval: responder',
      `approval: ${approval}`,
    ),
    'playbooks/wrong-fact.md': playbookOf('', 'Wrong fact').replace('severity: normal', 'severity: high'),
    'playbooks/_policy.md':
      '---\nadmission-words: { en: ["our fault"] }\npromise-words: { en: ["we guarantee"] }\n---\n',
  })
  const config = configOf(folder)
  const store = openStore(config)
  let now = openedAt
  const corrections: Correction[] = []
  const work = desk(config, {
    store,
    now: () => now,
    languageOf: () => 'en',
    onCorrection: (correction) => corrections.push(correction),
  })
  const ticket = await openTicketIn(store, config, openedAt, 'CMD-12345')
  return {
    store,
    work,
    id: ticket.id,
    corrections,
    later: (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
  }
}

const draft = (text: string) => ({ text, language: 'en', name: null })

describe('approval', () => {
  it('an answer in approval is not marked answered by its writer, and is once someone else said yes', async () => {
    const { work, id } = await office()
    const { draft: saved } = await work.saveDraft(id, 'bob', draft(goodText))
    await work.askApproval(id, 'bob', [saved.id])

    await expect(work.posted(id, 'bob', null, saved.id)).rejects.toThrow('waits for approval')
    await expect(work.act(id, { verb: 'answered' }, 'bob')).rejects.toThrow('waits for approval')
    await expect(work.approve(id, 'bob', saved.id, '')).rejects.toThrow('may not approve')
    await work.approve(id, 'ada', saved.id, 'fine')
    const ticket = await work.posted(id, 'bob', 'https://example.org/answer', saved.id)

    expect(ticket).toMatchObject({ state: 'answered', answerUrl: 'https://example.org/answer' })
  })

  it('cannot be gone around by not asking', async () => {
    const { work, id } = await office()

    await expect(work.act(id, { verb: 'answered' }, 'bob')).rejects.toThrow(
      'needs the approval of Ada Example',
    )
  })

  it('asks an adviser where the playbook does', async () => {
    const { work, id } = await office('adviser', 'owner, responder, adviser')
    const { draft: saved } = await work.saveDraft(id, 'bob', draft(goodText))
    await work.askApproval(id, 'bob', [saved.id])

    await expect(work.approve(id, 'ada', saved.id, '')).rejects.toThrow('may not approve')
    expect((await work.approve(id, 'ida', saved.id, '')).state).toBe('seen')
  })

  it('of a single person comes after a pause', async () => {
    const { work, id, later } = await office('owner', 'owner')
    const { draft: saved } = await work.saveDraft(id, 'ada', draft(goodText))
    await work.askApproval(id, 'ada', [saved.id])

    await expect(work.approve(id, 'ada', saved.id, '')).rejects.toThrow('read it again after')
    later(61)
    expect((await work.approve(id, 'ada', saved.id, '')).state).toBe('seen')
  })

  it('a no says why', async () => {
    const { work, id } = await office()
    const { draft: saved } = await work.saveDraft(id, 'bob', draft(goodText))
    await work.askApproval(id, 'bob', [saved.id])

    await expect(work.refuse(id, 'ada', saved.id, ' ')).rejects.toThrow('say why not')
    await work.refuse(id, 'ada', saved.id, 'too long')
    await expect(work.act(id, { verb: 'answered' }, 'bob')).rejects.toThrow('needs the approval')
  })
})

describe('the guard', () => {
  it.each([
    ['a placeholder', `${goodText} [checked fact]`, 'placeholder-left'],
    ["the author's order number", `${goodText} about CMD-12345`, 'personal-data'],
    ['an address that is not ours', `${goodText} write to someone@else.example`, 'personal-data'],
    ['an admission', `${goodText} It is our fault.`, 'admission'],
    ['a promise', `${goodText} We guarantee it.`, 'promise'],
    ['nobody signing', 'Hello, we looked into your order.', 'no-disclosure'],
  ])('finds %s, and lets nothing out at the responder level', async (_name, text, rule) => {
    const { work, id } = await office('responder')

    const { draft: saved, findings } = await work.saveDraft(id, 'bob', draft(text))

    expect(findings.map((finding) => finding.rule)).toContain(rule)
    await expect(work.askApproval(id, 'bob', [saved.id])).rejects.toThrow('cannot leave yet')
    await expect(work.posted(id, 'bob', null, saved.id)).rejects.toThrow('cannot leave yet')
  })

  it('only warns where someone else reads it', async () => {
    const { work, id } = await office('owner')
    const { draft: saved, findings } = await work.saveDraft(id, 'bob', draft(`${goodText} It is our fault.`))

    expect(findings).toHaveLength(1)
    expect((await work.askApproval(id, 'bob', [saved.id])).state).toBe('in-approval')
  })

  it('is content with a clean answer', async () => {
    const { work, id } = await office('responder')
    const { draft: saved, findings } = await work.saveDraft(id, 'bob', draft(goodText))

    expect(findings).toEqual([])
    expect((await work.posted(id, 'bob', null, saved.id)).state).toBe('answered')
  })
})

describe('decisions', () => {
  it('a reader only reads', async () => {
    const { work, id } = await office()

    await expect(work.note(id, 'eve', 'hello')).rejects.toThrow('may read')
  })

  it('a dismissal says why, and teaches when we were wrong', async () => {
    const { work, id, store, corrections } = await office()

    await expect(work.act(id, { verb: 'dismiss' }, 'bob')).rejects.toThrow('say why')
    await expect(work.act(id, { verb: 'dismiss', reason: 'no-anser' }, 'bob')).rejects.toThrow(
      'did you mean "no-answer"',
    )
    const ticket = await work.act(id, { verb: 'dismiss', reason: 'not-us: another shop' }, 'bob')

    expect(ticket).toMatchObject({ state: 'dismissed', dismissReason: 'not-us' })
    expect(corrections.map((correction) => correction.kind)).toEqual(['not-us'])
    expect((await store.correctedBefore('shop', 'CMD-12345'))?.kind).toBe('not-us')
    expect(await store.corrections('shop')).toHaveLength(1)
  })

  it('a corrected category changes severity and deadlines, and teaches', async () => {
    const { work, id, corrections } = await office()

    const ticket = await work.categorise(id, 'bob', 'wrong-fact')

    expect(ticket).toMatchObject({ category: 'wrong-fact', severity: 'high', categoryConfidence: 1 })
    expect(corrections[0]).toMatchObject({ kind: 'category', category: 'wrong-fact' })
  })

  it('merge and split move the texts and say so', async () => {
    const { work, id, store } = await office()
    const config = configOf(folderWith(smallFolder))
    const other = await openTicketIn(store, config, openedAt, 'b')

    const merged = await work.merge(other.id, id, 'bob')
    expect(merged.mentionCount).toBe(2)
    expect(await store.ticket(other.id)).toMatchObject({ state: 'dismissed', mentionCount: 0 })

    const [first] = await store.ticketMentions(id)
    const apart = await work.split(id, [first?.mention.id ?? 0], 'bob')
    expect(apart.mentionCount).toBe(1)
    expect((await store.ticket(id))?.mentionCount).toBe(1)
    await expect(work.split(id, [1, 2], 'bob')).rejects.toThrow('not none and not all')
  })
})
