import type { Bilingual, ReaderLanguage } from '../domain/person.ts'

const brands: Readonly<Record<string, string>> = {
  ...{ 'google-news': 'Google News', 'bing-news': 'Bing News', 'google-alerts': 'Google Alerts' },
  ...{ mastodon: 'Mastodon', bluesky: 'Bluesky', threads: 'Threads', x: 'X', reddit: 'Reddit' },
  ...{ lemmy: 'Lemmy', 'hacker-news': 'Hacker News', discourse: 'Discourse', wordpress: 'WordPress' },
  ...{ dailymotion: 'Dailymotion', 'youtube-channel': 'YouTube', 'youtube-comments': 'YouTube' },
  ...{ 'telegram-channel': 'Telegram', 'facebook-page': 'Facebook', 'instagram-mentions': 'Instagram' },
  ...{
    trustpilot: 'Trustpilot',
    'google-business': 'Google',
    'app-store': 'App Store',
    'steam-reviews': 'Steam',
  },
  ...{ 'github-issues': 'GitHub', 'stack-exchange': 'Stack Exchange', wikipedia: 'Wikipedia' },
  ...{ gdelt: 'GDELT', searxng: 'SearXNG', 'news-api': 'NewsAPI' },
}

const others: Readonly<Record<string, Bilingual>> = {
  rss: { fr: 'Sites et flux', en: 'Sites and feeds' },
  opml: { fr: 'Listes de flux', en: 'Lists of feeds' },
  file: { fr: 'Fichiers', en: 'Files' },
  mailbox: { fr: 'Courriels', en: 'Mails' },
  pasted: { fr: 'Ajouté à la main', en: 'Added by hand' },
}

/** A kind of source as people call it. */
export function networkName(kind: string, language: ReaderLanguage): string {
  return brands[kind] ?? others[kind]?.[language] ?? kind
}
