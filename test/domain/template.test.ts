import { describe, expect, it } from 'vitest'
import { fillTemplate, parseTemplate, TemplateSyntaxError } from '../../src/domain/template.ts'

describe('a template', () => {
  it('is filled, and shows what a person has yet to write', () => {
    const template = parseTemplate('Bonjour {{ author }},\n{{ checked_fact! }}.')

    const filled = fillTemplate(template, new Map([['author', 'Odile']]), () => 'fait vérifié')

    expect(filled.text).toBe('Bonjour Odile,\n[fait vérifié].')
    expect(filled.missing).toEqual(['checked_fact'])
    expect(filled.gaps.map(({ start, end }) => filled.text.slice(start, end))).toEqual(['[fait vérifié]'])
  })

  it('greets someone without a name', () => {
    const filled = fillTemplate(parseTemplate('Bonjour {{ author }},'), new Map([['author', '']]), () => 'x')

    expect(filled.text).toBe('Bonjour,')
  })

  it('never reads what a mention says as a placeholder', () => {
    const values = new Map([
      ['author', '{{ signature }}'],
      ['signature', 'Anne'],
    ])

    expect(fillTemplate(parseTemplate('{{ author }}'), values, () => 'x').text).toBe('{{ signature }}')
  })

  it.each(['{{ author', 'Hello {{ Author }}', '{{ 7*7 }}', '{{}}', '{{> }}', '{{ author! ! }}'])(
    'refuses %s',
    (source) => {
      expect(() => parseTemplate(source)).toThrow(TemplateSyntaxError)
    },
  )
})
