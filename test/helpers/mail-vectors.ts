import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const shared = new URL('../../../shared/reliability/vectors/', import.meta.url).pathname

/** A few of our own, so that the tests bite where the shared vectors are not. */
const own = [
  '<script>alert(1)</script>',
  '</title></style></head><body onload=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</blockquote></td></tr></table><h1>Owned</h1>',
  '<!--[if mso]><b>x</b><![endif]--><!--',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<style>*{display:none}</style>',
  '<base href=//evil.example><meta http-equiv=refresh content=0>',
  '<a href="https://evil.example">Open the ticket</a>',
  'javascript:alert(1)',
  '\u202Etxet desrever\u202C',
  '\u2067\u2066\u202B\u202D',
  'Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334A\u0334\u0317'.repeat(20),
  '\u200B\u200C\u200D\u2060\uFEFF'.repeat(50),
  '\0\x01\x1B[2J\x7F\x9B',
  '\uD800 \uDFFF',
  'W'.repeat(2000),
  '漢'.repeat(1000),
  '𒐫﷽'.repeat(200),
  '{{ constructor }} ${7*7} #{7*7}',
  '=?utf-8?B?PHNjcmlwdD4=?=',
  'x\r\nBcc: evil@evil.example\r\n\r\n<html>',
  ']]><![CDATA[<svg onload=alert(1)>',
]

/** Every text of the shared vectors on XSS, headers, CSV and naughty strings, each once; our own always. */
export function vectors(): string[] {
  const texts = new Set(own)
  for (const folder of ['xss', 'headers', 'csv', 'naughty-strings', 'templates', 'prompt']) {
    for (const file of filesOf(join(shared, folder))) {
      for (const text of textsOf(file)) texts.add(text.slice(0, 2400))
    }
  }
  texts.delete('')
  return [...texts]
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesOf(path) : [path]))
    .filter((path) => !path.endsWith('LICENSE'))
}

function textsOf(file: string): string[] {
  const content = readFileSync(file, 'utf8')
  if (file.endsWith('.json')) return stringsOf(JSON.parse(content))
  return [content, ...content.split('\n')]
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}
