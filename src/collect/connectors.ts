import { appStore } from './app-store.ts'
import { bingNews } from './bing-news.ts'
import { bluesky } from './bluesky.ts'
import type { Connector } from './connector.ts'
import { dailymotion } from './dailymotion.ts'
import { discourse } from './discourse.ts'
import { facebookPage } from './facebook-page.ts'
import { feed, feedFile, feedList } from './feed-connectors.ts'
import { gdelt } from './gdelt.ts'
import { githubIssues } from './github-issues.ts'
import { googleAlerts } from './google-alerts.ts'
import { googleBusiness } from './google-business.ts'
import { googleNews } from './google-news.ts'
import { hackerNews } from './hacker-news.ts'
import { instagramMentions } from './instagram-mentions.ts'
import { lemmy } from './lemmy.ts'
import { mailbox } from './mailbox.ts'
import { mastodon } from './mastodon.ts'
import { newsApi } from './news-api.ts'
import { reddit } from './reddit.ts'
import { searxng } from './searxng.ts'
import { stackExchange } from './stack-exchange.ts'
import { steamReviews } from './steam-reviews.ts'
import { telegramChannel } from './telegram-channel.ts'
import { threads } from './threads.ts'
import { trustpilot } from './trustpilot.ts'
import { wikipedia } from './wikipedia.ts'
import { wordpress } from './wordpress.ts'
import { x } from './x.ts'
import { youtubeChannel } from './youtube-channel.ts'
import { youtubeComments } from './youtube-comments.ts'

/** Every kind of source, by the name written in `sources:`. The table in this folder's README follows this order. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  [
    ...[feed, feedFile, feedList],
    ...[
      googleNews,
      bingNews,
      googleAlerts,
      wordpress,
      mastodon,
      hackerNews,
      appStore,
      youtubeChannel,
      lemmy,
      discourse,
    ],
    ...[stackExchange, githubIssues, steamReviews, telegramChannel, gdelt, searxng, wikipedia, dailymotion],
    ...[
      reddit,
      bluesky,
      youtubeComments,
      trustpilot,
      googleBusiness,
      facebookPage,
      instagramMentions,
      threads,
      x,
      newsApi,
    ],
    mailbox,
  ].map((connector) => [connector.kind, connector]),
)
