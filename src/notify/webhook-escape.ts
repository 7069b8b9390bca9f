// A character of no width after the sign that calls people: `@channel`, `@everyone`, `@here` and names stay readable
// and call no one, whatever a service looks for.
const broken = '@\u200B'

/** Plain text that calls no one even where a service, or a bridge behind it, reads more into it than it promises. */
export function plainText(text: string): string {
  return text.replace(/[@＠]/g, broken).replace(/<(?=[!#@]|at>)/gi, '<\u200B')
}

/** Slack's markup has three special characters; `<!here>` and `<@U1>` need the first two. */
export function slackText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@＠]/g, broken)
}

/** Markdown as Mattermost reads it, where a backslash stands before the sign but does not keep a name from being called. */
export function mattermostText(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|~<>&:]/g, '\\$&').replace(/[@＠]/g, broken)
}

/** Markdown as Discord reads it, with `<@1>`, `<#1>` and `<t:1>`. */
export function discordText(text: string): string {
  return text.replace(/[\\`*_~|<>[\]()#\-:]/g, '\\$&').replace(/[@＠]/g, broken)
}
