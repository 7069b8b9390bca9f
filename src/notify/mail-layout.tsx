import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ReaderLanguage } from '../domain/person.ts'
import type { Severity } from '../domain/playbook.ts'
import type { Piece } from './mail-clean.ts'
import { mailWords } from './mail-words.ts'

// Mail programs keep inline styles and drop most else. Each look is an inline style for the light page and a class
// that the one <style> repaints in the dark.
const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
// A word of two thousand letters wraps; nested elements inherit it.
const breaks = 'word-break:break-word;overflow-wrap:anywhere;'

export const look = {
  h1: {
    class: 'ink',
    style: 'margin:14px 0 0;font-size:24px;line-height:31px;font-weight:600;color:#18212b;',
  },
  h2: {
    class: 'ink',
    style: 'margin:0 0 10px;font-size:17px;line-height:24px;font-weight:600;color:#18212b;',
  },
  h3: {
    class: 'ink',
    style: 'margin:0 0 6px;font-size:15px;line-height:22px;font-weight:600;color:#18212b;',
  },
  text: { class: 'ink', style: 'margin:0 0 10px;font-size:16px;line-height:25px;color:#18212b;' },
  lead: { class: 'muted', style: 'margin:6px 0 0;font-size:16px;line-height:24px;color:#53606d;' },
  small: { class: 'muted', style: 'margin:0 0 8px;font-size:14px;line-height:21px;color:#53606d;' },
  list: {
    class: 'ink',
    style: 'margin:0;padding:0 0 0 22px;font-size:16px;line-height:25px;color:#18212b;',
  },
  row: {
    class: 'ink',
    style: 'margin:5px 0 2px;font-size:16px;line-height:24px;font-weight:600;color:#18212b;',
  },
  item: { style: 'margin:0 0 8px;' },
  link: { class: 'link', style: 'color:#155a86;text-decoration:underline;' },
  quote: {
    class: 'ink quote',
    style:
      'margin:0;padding:2px 0 2px 18px;border-left:3px solid #c3ccd5;font-size:17px;line-height:27px;color:#18212b;',
  },
  panel: { class: 'panel', style: 'background-color:#f4f6f8;border-radius:8px;' },
  notice: {
    class: 'notice',
    style:
      'padding:14px 18px;background-color:#fdf3d8;border-radius:8px;font-size:15px;line-height:23px;color:#4a3503;',
  },
  copy: {
    class: 'copy ink',
    style:
      'padding:16px 18px;background-color:#ffffff;border:1px solid #b9c3cd;border-radius:8px;font-size:16px;line-height:25px;color:#18212b;-webkit-user-select:all;user-select:all;',
  },
  mark: {
    class: 'mark',
    style: 'background-color:#ffedb0;color:#3a2c00;border-radius:3px;padding:0 2px;',
  },
  gap: {
    class: 'gap',
    style: 'background-color:#fde3d3;color:#6b2a06;border-bottom:2px dashed #b5541c;padding:0 2px;',
  },
} as const

const dark = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
a{text-underline-offset:3px}
@media (max-width:520px){
.gutter{padding-left:20px!important;padding-right:20px!important}
.outer{padding:0!important}
.card{border-radius:0!important}
.wide{width:100%!important;float:none!important;margin-right:0!important}
.wide a{display:block!important;text-align:center!important}
.stack{display:block!important;width:auto!important;border-left:0!important}
.below{padding-top:0!important;padding-bottom:8px!important}
.figure{font-size:22px!important}
}
@media (prefers-color-scheme:dark){
.page{background-color:#11161b!important}
.card{background-color:#1a2027!important;border-color:#2a323b!important}
.ink{color:#e7ebef!important}
.muted{color:#a7b2bd!important}
.link{color:#92c7e8!important}
.rule{border-color:#303942!important}
.quote{border-color:#4b5764!important}
.panel{background-color:#222a32!important}
.notice{background-color:#352d17!important;color:#f6e6bd!important}
.copy{background-color:#141a20!important;border-color:#46525e!important}
.mark{background-color:#5d4a0d!important;color:#fff2c4!important}
.gap{background-color:#57301a!important;color:#ffe4d3!important;border-color:#d98a57!important}
.go{background-color:#a5d3ee!important;border-color:#a5d3ee!important}
.go a{color:#0c1b26!important}
.also{background-color:#1a2027!important;border-color:#5b6976!important}
.also a{color:#cfe5f3!important}
.critical{background-color:#8c1d3f!important;color:#ffffff!important}
.high{background-color:#5a3010!important;color:#ffdcc0!important}
.normal{background-color:#1d3d52!important;color:#cfe7f6!important}
.low{background-color:#2c353e!important;color:#c6d0d9!important}
.late{color:#ffab91!important}
}`

export interface MailPage {
  readonly language: ReaderLanguage
  readonly subject: string
  /** Shown beside the subject in the list of mails. */
  readonly preheader: string
}

/** A whole HTML mail: one column of 600 px on a calm page. */
export function mailHtml(page: MailPage, children: Child): string {
  const html = (
    <html lang={page.language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="x-apple-disable-message-reformatting" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
        <title>{page.subject}</title>
        <style>{raw(dark)}</style>
      </head>
      <body class="page" style={`margin:0;padding:0;background-color:#eef1f4;${font}`}>
        <div style="display:none;max-height:0;overflow:hidden;">
          {page.preheader}
          {raw('&#8199;&#65279;'.repeat(40))}
        </div>
        <Table class="page" style={`background-color:#eef1f4;${font}`}>
          <tr>
            <td class="outer" align="center" style="padding:24px 12px;">
              <table
                role="presentation"
                class="card"
                width="600"
                cellpadding="0"
                cellspacing="0"
                border={0}
                style="width:100%;max-width:600px;background-color:#ffffff;border:1px solid #dde3e9;border-radius:12px;border-collapse:separate;text-align:left;"
              >
                {children}
                <tr>
                  <td style="padding:0 0 12px;font-size:0;line-height:0;">&nbsp;</td>
                </tr>
              </table>
            </td>
          </tr>
        </Table>
      </body>
    </html>
  )
  return `<!doctype html>\n${String(html)}`
}

interface TableProps {
  readonly class?: string
  readonly style?: string
  readonly children?: Child
}

export function Table({ children, ...attributes }: TableProps) {
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} {...attributes}>
      {children}
    </table>
  )
}

/** One row of the column, with the gutter at its sides. */
export function Row({ top = 0, children }: { readonly top?: number; readonly children?: Child }) {
  return (
    <tr>
      <td class="gutter" style={`padding:${top}px 36px 0;${breaks}`}>
        {children}
      </td>
    </tr>
  )
}

/** A part with its heading, a hairline above it. */
export function Section({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <Row top={28}>
      <div class="rule" style="border-top:1px solid #dde3e9;font-size:0;line-height:0;height:24px;">
        &nbsp;
      </div>
      <h2 {...look.h2}>{title}</h2>
      {children}
    </Row>
  )
}

/** The line above all: who writes, about what. */
export function Masthead({ left, right }: { readonly left: string; readonly right: string }) {
  return (
    <Row top={26}>
      <Table>
        <tr>
          <td {...look.small}>
            <strong class="ink" style="color:#18212b;">
              Vigie
            </strong>{' '}
            <bdi>{left}</bdi>
          </td>
          <td
            class="muted"
            align="right"
            valign="top"
            style="padding:0 0 0 12px;font-size:14px;line-height:21px;color:#53606d;white-space:nowrap;"
          >
            {right}
          </td>
        </tr>
      </Table>
    </Row>
  )
}

const severityLook = {
  critical: 'background-color:#a01a45;color:#ffffff;',
  high: 'background-color:#fde6d3;color:#7a2e05;',
  normal: 'background-color:#e2eff7;color:#12486b;',
  low: 'background-color:#e9edf0;color:#46525e;',
} satisfies Record<Severity, string>

/** Shapes that differ without colour. */
const shapes = { critical: '▲', high: '◆', normal: '●', low: '○' } satisfies Record<Severity, string>

export function SeverityMark({
  severity,
  language,
}: {
  readonly severity: Severity
  readonly language: ReaderLanguage
}) {
  return (
    <span
      class={severity}
      style={`display:inline-block;padding:2px 10px;border-radius:999px;font-size:14px;line-height:21px;font-weight:600;white-space:nowrap;${severityLook[severity]}`}
    >
      <span aria-hidden="true">{shapes[severity]}&nbsp;</span>
      {mailWords[language].severity[severity]}
    </span>
  )
}

interface ButtonProps {
  readonly href: string
  readonly label: string
}

/** What one most likely wants: filled, 48 px high. */
export function Button({ href, label }: ButtonProps) {
  return (
    <table
      role="presentation"
      class="wide"
      align="left"
      cellpadding="0"
      cellspacing="0"
      border={0}
      style="margin:0 12px 12px 0;border-collapse:separate;"
    >
      <tr>
        <td class="go" bgcolor="#155a86" style="border-radius:8px;border:1px solid #155a86;">
          <a href={href} style={`${buttonText}color:#ffffff;`}>
            {label}
          </a>
        </td>
      </tr>
    </table>
  )
}

/** What one may also want: outlined, as high. */
export function SecondButton({ href, label }: ButtonProps) {
  return (
    <table
      role="presentation"
      class="wide"
      align="left"
      cellpadding="0"
      cellspacing="0"
      border={0}
      style="margin:0 12px 12px 0;border-collapse:separate;"
    >
      <tr>
        <td class="also" style="border-radius:8px;border:1px solid #8b98a5;">
          <a href={href} style={`${buttonText}color:#12486b;`}>
            {label}
          </a>
        </td>
      </tr>
    </table>
  )
}

const buttonText =
  'display:inline-block;padding:11px 22px;min-height:24px;font-size:16px;line-height:24px;font-weight:600;text-decoration:none;'

export function Buttons({ children }: { readonly children?: Child }) {
  return (
    <>
      {children}
      <div style="clear:both;font-size:0;line-height:0;">&nbsp;</div>
    </>
  )
}

export function Link({ href, children }: { readonly href: string; readonly children?: Child }) {
  return (
    <a href={href} {...look.link}>
      {children}
    </a>
  )
}

/** The title of a row that opens it: a thin line beneath is enough. */
export function TitleLink({ href, children }: { readonly href: string; readonly children?: Child }) {
  return (
    <a
      href={href}
      class="link"
      style="color:#155a86;text-decoration:underline;text-decoration-color:#b4cfdf;text-underline-offset:3px;"
    >
      {children}
    </a>
  )
}

/** A text of several lines. */
export function Lines({ text }: { readonly text: string }) {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </>
  )
}

/** A text from outside with the words that matched marked, or a draft with its gaps. */
export function Marked({
  pieces,
  as = 'mark',
}: {
  readonly pieces: readonly Piece[]
  readonly as?: 'mark' | 'gap'
}) {
  return (
    <>
      {pieces.map(({ text, marked }) =>
        marked ? (
          <mark {...look[as]}>
            <Lines text={text} />
          </mark>
        ) : (
          <Lines text={text} />
        ),
      )}
    </>
  )
}

export function Bullets({ items }: { readonly items: readonly string[] }) {
  return (
    <ul {...look.list}>
      {items.map((item) => (
        <li {...look.item}>
          <Lines text={item} />
        </li>
      ))}
    </ul>
  )
}

/** A label and what it says: beside each other where there is room, one above the other on a phone. */
export function Fact({ label, children }: { readonly label: string; readonly children?: Child }) {
  return (
    <tr>
      <td class="stack muted" width="150" valign="top" style={`${fact}padding:4px 14px 0 0;color:#53606d;`}>
        {label}
      </td>
      <td class="stack below ink" valign="top" style={`${fact}padding:4px 0;color:#18212b;`}>
        {children}
      </td>
    </tr>
  )
}

const fact = 'font-size:15px;line-height:23px;'

/** A few numbers side by side. */
export function Figures({
  figures,
}: {
  readonly figures: readonly { readonly value: string; readonly label: string }[]
}) {
  return (
    <Table {...look.panel}>
      <tr>
        {figures.map(({ value, label }) => (
          <td
            valign="top"
            align="center"
            width={`${Math.floor(100 / figures.length)}%`}
            style="padding:16px 6px;"
          >
            <div
              class="ink figure"
              style="font-size:26px;line-height:32px;font-weight:600;color:#18212b;white-space:nowrap;"
            >
              {value}
            </div>
            <div class="muted" style="font-size:13px;line-height:18px;color:#53606d;">
              {label}
            </div>
          </td>
        ))}
      </tr>
    </Table>
  )
}

/** Why one gets this mail; the last words of each. */
export function Footer({ paragraphs }: { readonly paragraphs: readonly string[] }) {
  return (
    <Row top={28}>
      <div class="rule" style="border-top:1px solid #dde3e9;font-size:0;line-height:0;height:18px;">
        &nbsp;
      </div>
      {paragraphs.map((text) => (
        <p {...look.small}>{text}</p>
      ))}
    </Row>
  )
}
