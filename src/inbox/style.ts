/** The one stylesheet: light, dark, phone, print. Colours are named once; every pair of text and ground passes AA. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f6f5f1; --surface: #ffffff; --sunk: #efede7; --line: #dcd8cf; --edge: #8a867c;
  --ink: #1b232c; --soft: #555f69; --accent: #12557f; --accent-hover: #0d4366; --on-accent: #ffffff; --tint: #e7f0f6;
  --critical: #a3161c; --critical-tint: #fce9e7; --high: #8f4400; --high-tint: #fdf0df;
  --good: #1c6339; --good-tint: #e6f3ea; --note: #6a5200; --note-tint: #fdf4d3;
  --mark: #ffe9a3; --neg-mark: #fbd3cc; --pos-mark: #cfe9d6;
  --chart-negative: #b8472a; --chart-neutral: #9aa4ad; --chart-positive: #3f8a5c; --chart-main: #2f7aa8;
  --chart-second: #b9852c; --chart-third: #7a62a8; --chart-fourth: #4d9a94;
  --radius: 10px; --shadow: 0 1px 2px rgb(27 35 44 / .06), 0 2px 8px rgb(27 35 44 / .04);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161b; --surface: #1b2128; --sunk: #151a20; --line: #313942; --edge: #78828c;
    --ink: #e8ecef; --soft: #a5afb8; --accent: #7fbfe6; --accent-hover: #a5d4f0; --on-accent: #0c1a24; --tint: #1c2f3c;
    --critical: #ff9c94; --critical-tint: #3d1c1c; --high: #f5b26b; --high-tint: #3a2914;
    --good: #86d3a2; --good-tint: #17301f; --note: #e8cf7d; --note-tint: #322a10;
    --mark: #5c4a10; --neg-mark: #5e2a24; --pos-mark: #1f4a2e;
    --chart-negative: #e2805f; --chart-neutral: #76818c; --chart-positive: #6fbf8d; --chart-main: #6fb1da;
    --chart-second: #d6a95a; --chart-third: #a893d6; --chart-fourth: #7cc4be;
    --shadow: 0 1px 2px rgb(0 0 0 / .4);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.55 var(--sans); background: var(--paper); color: var(--ink); scroll-padding: 5rem 0; -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, ol, dl, dd, figure, blockquote, fieldset, legend { margin: 0; padding: 0; }
h1 { font-size: 1.625rem; line-height: 1.25; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.35; font-weight: 650; letter-spacing: -.005em; }
h3 { font-size: .9375rem; line-height: 1.4; font-weight: 650; }
ul, ol { list-style: none; }
fieldset { border: 0; min-width: 0; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { color: var(--accent-hover); text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
small, .small { font-size: .875rem; }
.soft { color: var(--soft); }
.strong { font-weight: 650; }
.pre { white-space: pre-line; }
.nowrap { white-space: nowrap; }
.num { font-variant-numeric: tabular-nums; }
.hidden, [hidden] { display: none !important; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; vertical-align: -.25em; }
mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 0 .12em; }
mark.neg { background: var(--neg-mark); } mark.pos { background: var(--pos-mark); }
del { background: var(--neg-mark); } ins { background: var(--pos-mark); text-decoration: none; }
code, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace; font-size: .875em; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.25rem 0; }

/* the frame */
.skip { position: absolute; left: 1rem; top: -4rem; background: var(--surface); padding: .6rem 1rem; border-radius: var(--radius); z-index: 9; }
.skip:focus { top: .5rem; }
.frame { display: grid; grid-template-columns: 14rem minmax(0, 1fr); min-height: 100vh; }
.side { position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; display: flex; flex-direction: column; gap: 1.5rem; border-right: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: .55rem; font-size: 1.1875rem; font-weight: 700; letter-spacing: -.02em; color: var(--ink); text-decoration: none; padding: 0 .6rem; }
.brand svg { width: 1.6rem; height: 1.6rem; color: var(--accent); }
.menu a { display: flex; align-items: center; gap: .7rem; min-height: 2.5rem; padding: .3rem .6rem; border-radius: 8px; color: var(--ink); text-decoration: none; font-size: .9375rem; }
.menu a:hover { background: var(--sunk); color: var(--ink); }
.menu a[aria-current] { background: var(--tint); color: var(--accent); font-weight: 650; }
.menu .count { margin-left: auto; }
.menu + .menu { border-top: 1px solid var(--line); padding-top: 1rem; }
.me { margin-top: auto; padding: .6rem; font-size: .875rem; color: var(--soft); }
.me a { color: inherit; }
.count { font-variant-numeric: tabular-nums; font-size: .8125rem; font-weight: 650; min-width: 1.5rem; text-align: center; padding: .05rem .45rem; border-radius: 99px; background: var(--sunk); color: var(--ink); }
[aria-current] .count, .count.hot { background: var(--accent); color: var(--on-accent); }
.tabs-bottom, .top { display: none; }
main { padding: 2rem 2.25rem 5rem; width: 100%; max-width: 76rem; }
main > * + * { margin-top: 1.5rem; }
.page-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1.5rem; }
.page-head .tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
main > .lead { max-width: 46rem; color: var(--soft); margin-top: .5rem; }

/* blocks */
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); }
.card.pad, .card > .pad { padding: 1.25rem 1.375rem; }
.stack > * + * { margin-top: .75rem; }
.stack.wide > * + * { margin-top: 1.25rem; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; }
.row.between { justify-content: space-between; }
.grid2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.25rem; }
.banner { display: flex; gap: .7rem; align-items: center; padding: .8rem 1rem; border-radius: var(--radius); background: var(--tint); color: var(--ink); border-left: 4px solid var(--accent); }
.banner.good { background: var(--good-tint); border-color: var(--good); }
.banner.warn { background: var(--note-tint); border-color: var(--note); }
.banner.bad { background: var(--critical-tint); border-color: var(--critical); }
.crisis { border-left: 4px solid var(--note); }
.row.high-up { align-items: start; } .grow { flex: 1 1 15rem; min-width: 0; }
.empty { padding: 3rem 1.5rem; text-align: center; color: var(--soft); }
.empty svg { width: 3rem; height: 3rem; stroke-width: 1.2; margin-bottom: .75rem; }
.empty p { max-width: 32rem; margin-inline: auto; }
.chip { display: inline-flex; align-items: center; gap: .35em; font-size: .8125rem; line-height: 1.3; padding: .16rem .55rem; border-radius: 99px; background: var(--sunk); color: var(--ink); white-space: nowrap; text-decoration: none; }
code.chip { white-space: normal; border-radius: 8px; }
a.chip:hover { background: var(--tint); color: var(--accent); }
.chip.critical, .chip.negative { background: var(--critical-tint); color: var(--critical); font-weight: 650; }
.chip.high { background: var(--high-tint); color: var(--high); font-weight: 650; }
.chip.good, .chip.positive { background: var(--good-tint); color: var(--good); }
.chip.note { background: var(--note-tint); color: var(--note); }
.chip.fresh { background: var(--tint); color: var(--accent); font-weight: 650; }
.chip.on { background: var(--accent); color: var(--on-accent); font-weight: 650; }
.due { display: inline-flex; align-items: center; gap: .35em; font-variant-numeric: tabular-nums; white-space: nowrap; font-size: .875rem; color: var(--soft); }
.due.late { color: var(--critical); font-weight: 650; }
.due.soon { color: var(--high); font-weight: 650; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1rem; font-size: .9375rem; }
.facts dt { color: var(--soft); }
details > summary { cursor: pointer; list-style-position: inside; min-height: 1.75rem; }
summary > h2 { display: inline; }
details.plain > summary { color: var(--accent); width: fit-content; }
details.plain > summary:hover { color: var(--accent-hover); text-decoration: underline; text-underline-offset: .18em; }
details.plain[open] > summary { margin-bottom: .75rem; }
.more-page { display: flex; justify-content: center; gap: 1rem; padding: 1.25rem; }

/* forms */
label, .label { display: block; font-size: .875rem; font-weight: 600; margin-bottom: .3rem; }
.check label { display: flex; gap: .7rem; align-items: start; font-weight: 400; font-size: 1rem; margin: 0; padding: .5rem .25rem; border-radius: 6px; cursor: pointer; }
.check label:hover { background: var(--sunk); }
.check input { margin: .22rem 0 0; flex: none; }
.check input[type=checkbox]:checked + span { color: var(--soft); }
input, select, textarea { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 8px; padding: .5rem .7rem; min-height: 2.75rem; width: 100%; max-width: 100%; }
input[type=checkbox], input[type=radio] { width: 1.2rem; height: 1.2rem; min-height: 0; accent-color: var(--accent); }
input::placeholder, textarea::placeholder { color: var(--soft); opacity: 1; }
textarea { min-height: 6rem; line-height: 1.6; resize: vertical; field-sizing: content; }
select { padding-right: 2rem; text-overflow: ellipsis; }
.hint { font-size: .8125rem; color: var(--soft); margin-top: .3rem; }
.fields { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.fields > * { flex: 1 1 10rem; min-width: 0; }
.fields > .fit { flex: 0 0 auto; }
button, .button { font: inherit; font-weight: 600; font-size: .9375rem; display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 2.75rem; padding: .45rem 1rem; border-radius: 8px; border: 1px solid var(--edge); background: var(--surface); color: var(--ink); cursor: pointer; text-decoration: none; }
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); background: var(--tint); }
button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.main:hover, .button.main:hover { background: var(--accent-hover); border-color: var(--accent-hover); color: var(--on-accent); }
button.quiet { border-color: transparent; background: transparent; color: var(--accent); padding-inline: .6rem; }
button.quiet:hover { background: var(--tint); }
button.small, .button.small { min-height: 2.25rem; padding: .25rem .75rem; font-size: .875rem; }
button.link { border: 0; background: none; color: var(--accent); padding: 0; min-height: 1.75rem; font-weight: 400; text-decoration: underline; text-underline-offset: .18em; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; border-bottom: 1px solid var(--line); }
.tabs a { display: inline-flex; gap: .45rem; align-items: center; padding: .55rem .8rem; min-height: 2.75rem; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px; font-size: .9375rem; }
.tabs a:hover { color: var(--ink); border-color: var(--line); }
.tabs a[aria-current] { color: var(--ink); font-weight: 650; border-color: var(--accent); }
.filter { display: grid; gap: .75rem; }
.searchline { display: flex; gap: .5rem; }
.searchline input { flex: 1; min-width: 0; }

/* the inbox */
.group > h2 { font-size: .9375rem; color: var(--soft); display: flex; align-items: center; gap: .5rem; margin: 1.75rem 0 .6rem; }
.group.late > h2 { color: var(--critical); }
.tickets > li { position: relative; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .3rem 1.25rem; padding: 1rem 1.25rem 1rem 1.5rem; }
.tickets > li + li { border-top: 1px solid var(--line); }
.tickets > li::before { content: ""; position: absolute; left: 0; top: 0; bottom: 0; width: 4px; background: transparent; }
.tickets > li.critical::before { background: var(--critical); }
.tickets > li.high::before { background: var(--high); }
.tickets > li:first-child::before { border-top-left-radius: var(--radius); }
.tickets > li:last-child::before { border-bottom-left-radius: var(--radius); }
.tickets > li:hover { background: var(--tint); }
.tickets > li:focus-within { outline: 3px solid var(--accent); outline-offset: -3px; border-radius: var(--radius); }
.tickets a.title { color: var(--ink); font-weight: 620; text-decoration: none; font-size: 1.0313rem; line-height: 1.4; }
.tickets a.title:focus-visible { outline: none; }
.tickets a.title::after { content: ""; position: absolute; inset: 0; }
.tickets .is-new a.title { font-weight: 700; }
.tickets .excerpt { color: var(--soft); font-size: .9375rem; margin: .1rem 0 .25rem; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; max-width: 52rem; }
.tickets .meta { display: flex; flex-wrap: wrap; gap: .25rem .9rem; color: var(--soft); font-size: .875rem; align-items: center; }
.tickets .side-facts { display: flex; flex-direction: column; align-items: end; gap: .35rem; text-align: right; }
.dot { width: .55rem; height: .55rem; border-radius: 50%; background: var(--accent); display: inline-block; flex: none; }

/* a ticket */
.two { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 1.5rem; align-items: start; }
.two > aside { position: sticky; top: 1.5rem; }
.ticket-head h1 { margin: .35rem 0 .6rem; }
.step { scroll-margin-top: 1rem; }
.step > h2, .section-head { display: flex; align-items: center; gap: .65rem; }
.step > h2 .n { display: inline-grid; place-items: center; width: 1.7rem; height: 1.7rem; border-radius: 50%; background: var(--tint); color: var(--accent); font-size: .875rem; flex: none; }
.step.done > h2 .n { background: var(--good-tint); color: var(--good); }
blockquote.text { font-size: 1.0625rem; line-height: 1.65; padding-left: 1rem; border-left: 3px solid var(--line); white-space: pre-line; max-height: 34rem; overflow-y: auto; }
.byline { display: flex; flex-wrap: wrap; gap: .2rem .8rem; color: var(--soft); font-size: .875rem; }
.byline .strong { color: var(--ink); }
.answer { font-size: 1rem; white-space: pre-line; background: var(--sunk); border-radius: 8px; padding: .9rem 1rem; }
textarea.answer-text { min-height: 12rem; white-space: pre-wrap; }
.findings li { display: flex; gap: .5rem; align-items: start; padding: .3rem 0; font-size: .9375rem; }
.findings .bad { color: var(--critical); } .findings .warn { color: var(--note); }
.timeline > li { display: grid; grid-template-columns: 1.1rem minmax(0, 1fr); gap: .2rem .6rem; padding-bottom: .8rem; font-size: .875rem; position: relative; }
.timeline > li::before { content: ""; width: .55rem; height: .55rem; border-radius: 50%; background: var(--edge); margin: .42rem 0 0 .15rem; }
.timeline > li.person::before { background: var(--accent); }
.timeline > li + li::after { content: ""; position: absolute; left: .4rem; top: -.75rem; height: .85rem; border-left: 1px solid var(--line); }
.never li { position: relative; padding-left: 1.4rem; }
.never li::before { content: "×"; position: absolute; left: .2rem; color: var(--critical); font-weight: 700; }

/* tables and charts */
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { overflow-wrap: normal; min-width: 4.5rem; } thead th, th[scope=row] { font-weight: 600; } thead th { color: var(--soft); font-size: .8125rem; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.n { white-space: nowrap; }
th:first-child { min-width: 8rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.25rem), 1fr)); gap: 1rem; }
.tile { padding: 1.1rem 1.25rem; }
.tile .value { font-size: 1.875rem; font-weight: 650; line-height: 1.2; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.tile .what { font-size: .875rem; color: var(--soft); margin-top: .2rem; }
figure.chart svg { width: 100%; height: auto; display: block; overflow: visible; font-family: var(--sans); }
.wide-only, .narrow-only { display: block; } .narrow-only { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; font-size: .875rem; color: var(--soft); }
.legend li { display: flex; gap: .4rem; align-items: center; }
.swatch { width: .8rem; height: .8rem; border-radius: 3px; background: currentColor; }
.c-negative { color: var(--chart-negative); } .c-neutral { color: var(--chart-neutral); } .c-positive { color: var(--chart-positive); }
.c-main { color: var(--chart-main); } .c-second { color: var(--chart-second); } .c-third { color: var(--chart-third); } .c-fourth { color: var(--chart-fourth); }
svg .f-ink { fill: var(--ink); } svg .f-soft { fill: var(--soft); } svg .f-surface { fill: var(--surface); } svg .s-line { stroke: var(--line); } svg .s-edge { stroke: var(--edge); } svg .s-surface { stroke: var(--surface); }
svg .f-negative { fill: var(--chart-negative); } svg .f-neutral { fill: var(--chart-neutral); } svg .f-positive { fill: var(--chart-positive); }
svg .f-main { fill: var(--chart-main); } svg .f-second { fill: var(--chart-second); } svg .f-third { fill: var(--chart-third); } svg .f-fourth { fill: var(--chart-fourth); }
svg .s-negative { stroke: var(--chart-negative); } svg .s-main { stroke: var(--chart-main); } svg .s-second { stroke: var(--chart-second); } svg .s-third { stroke: var(--chart-third); } svg .s-fourth { stroke: var(--chart-fourth); }
.bar { display: block; height: .5rem; border-radius: 99px; background: var(--sunk); overflow: hidden; }
progress { appearance: none; width: 100%; height: .5rem; border: 0; border-radius: 99px; background: var(--sunk); color: var(--chart-main); overflow: hidden; display: block; }
progress::-webkit-progress-bar { background: var(--sunk); } progress::-webkit-progress-value { background: var(--chart-main); } progress::-moz-progress-bar { background: var(--chart-main); }

/* mentions, sources, mails */
.list > li { padding: 1.1rem 1.25rem; }
.list > li + li { border-top: 1px solid var(--line); }
.list .excerpt { margin: .35rem 0 .5rem; max-width: 60rem; }
.list h2, .list h3 { font-size: 1rem; }
.list h2 a { color: var(--ink); text-decoration-color: var(--line); } .list h2 a:hover { color: var(--accent); text-decoration-color: currentColor; }
.list h2.as-text { font-weight: 450; margin: .3rem 0 .5rem; }
iframe.mail { width: 100%; height: 42rem; border: 1px solid var(--line); border-radius: var(--radius); background: #fff; }
pre { white-space: pre-wrap; margin: 0; padding: 1rem; background: var(--sunk); border-radius: 8px; font-size: .875rem; overflow-x: auto; }
.status { display: inline-flex; gap: .45rem; align-items: center; }
.status::before { content: ""; width: .65rem; height: .65rem; border-radius: 50%; background: var(--edge); flex: none; }
.status.well::before { background: var(--good); } .status.failing::before, .status.gone::before { background: var(--critical); border-radius: 2px; } .status.silent::before { background: var(--note); border-radius: 50% 50% 2px 2px; }
.gate { max-width: 27rem; margin: 12vh auto 0; padding: 0 1.25rem; }
.gate .brand { padding: 0; margin-bottom: 1.25rem; font-size: 1.375rem; }
.paper { max-width: 54rem; }
.paper .masthead { border-block: 3px double var(--line); padding: .9rem 0; text-align: center; }
.paper .masthead h1 { font-family: Georgia, "Noto Serif", "Liberation Serif", serif; font-size: 2rem; }
kbd { font: inherit; font-size: .8125rem; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 5px; padding: 0 .4rem; background: var(--surface); }
.js-only { display: none; } .js .js-only { display: revert; } .js button.js-only { display: inline-flex; } .js .no-js { display: none; }
@media (hover: none) { .keys { display: none !important; } }

@media (max-width: 62rem) {
  .two { grid-template-columns: minmax(0, 1fr); }
  .two > aside { position: static; }
}
@media (max-width: 40rem) { .wide-only { display: none; } .narrow-only { display: block; } }
@media (max-width: 52rem) {
  .frame { display: block; }
  .side { display: none; }
  .top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .75rem 1rem; }
  .top .brand { padding: 0; }
  main { padding: .5rem 1rem 7rem; }
  h1 { font-size: 1.4375rem; }
  .tabs-bottom { position: fixed; inset: auto 0 0 0; z-index: 5; display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); background: var(--surface); border-top: 1px solid var(--line); padding-bottom: env(safe-area-inset-bottom); }
  .tabs-bottom > a, .tabs-bottom summary { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: .1rem; min-height: 3.5rem; font-size: .75rem; color: var(--soft); text-decoration: none; list-style: none; position: relative; }
  .tabs-bottom summary::-webkit-details-marker { display: none; }
  .tabs-bottom svg.icon { width: 1.45rem; height: 1.45rem; vertical-align: 0; }
  .tabs-bottom [aria-current] { color: var(--accent); font-weight: 650; }
  .tabs-bottom .count { position: absolute; top: .25rem; left: calc(50% + .45rem); font-size: .6875rem; min-width: 1.1rem; padding: 0 .3rem; line-height: 1.35; }
  .tabs-bottom details > .sheet { position: fixed; inset: auto 0 calc(3.5rem + env(safe-area-inset-bottom)) 0; background: var(--surface); border-top: 1px solid var(--line); box-shadow: 0 -8px 30px rgb(0 0 0 / .18); padding: .75rem 1rem; max-height: 70vh; overflow-y: auto; }
  .sheet a { display: flex; align-items: center; gap: .8rem; min-height: 3rem; padding: 0 .5rem; color: var(--ink); text-decoration: none; border-radius: 8px; }
  .sheet svg.icon { width: 1.25rem; height: 1.25rem; }
  .card.pad, .card > .pad { padding: 1rem; }
  .tickets > li { grid-template-columns: minmax(0, 1fr); padding: .9rem 1rem .9rem 1.25rem; }
  .tickets .side-facts { flex-direction: row; align-items: center; flex-wrap: wrap; justify-content: start; text-align: left; gap: .3rem .8rem; }
  .list > li { padding: 1rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .5rem; }
  .tabs { flex-wrap: nowrap; overflow-x: auto; margin-inline: -1rem; padding-inline: 1rem; scrollbar-width: none; }
  .tabs a { flex: none; }
  th, td { padding: .45rem .5rem; }
}
@media (prefers-reduced-motion: no-preference) { .banner.done { animation: arrive .35s ease-out; } }
@keyframes arrive { from { opacity: 0; transform: translateY(-4px); } }
@media (forced-colors: active) { .chip, .banner, .card { border: 1px solid; } }
@media print {
  :root { --paper: #fff; --surface: #fff; --sunk: #f3f3f3; --line: #bbb; --ink: #000; --soft: #444; --accent: #000; --shadow: none; color-scheme: light;
    --critical: #8a1015; --critical-tint: #fff; --high: #6d3400; --high-tint: #fff; --good: #14492a; --good-tint: #fff; --note: #4d3c00; --note-tint: #fff; --tint: #fff; --mark: #eee;
    --chart-negative: #b8472a; --chart-neutral: #9aa4ad; --chart-positive: #3f8a5c; --chart-main: #2f7aa8; --chart-second: #b9852c; --chart-third: #7a62a8; --chart-fourth: #4d9a94; }
  html { font-size: 10.5pt; }
  .side, .top, .tabs-bottom, .tools, .filter, .tabs, .skip, button, .button, .more-page, form.act, form.range, .no-print { display: none !important; }
  .frame, .two { display: block; } .grid2 { grid-template-columns: 1fr 1fr; }
  main { padding: 0; max-width: none; }
  .card { break-inside: avoid; box-shadow: none; }
  figure.chart, table, .tile { break-inside: avoid; }
  details:not([open]) > :not(summary) { display: block; }
  a { text-decoration: none; }
  @page { margin: 16mm 14mm; }
}
`
