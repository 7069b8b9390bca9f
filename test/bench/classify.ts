/**
 * How many texts a second, and how much memory, beside what npm offers: `npm run bench:classify [-- FILE]`.
 * FILE holds JSON lines `{text, label?}`; without it, sentences made from a few words. Packages that are not installed
 * are left out. Times are of the processor, so that a busy machine does not count against anyone.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'
import { loadClassifier } from '../../src/classify/classify.ts'
import type { Polarity } from '../../src/domain/judgement.ts'

interface Sample {
  readonly text: string
  readonly label: Polarity | null
}

interface Contestant {
  readonly name: string
  readonly judge: (text: string) => Polarity
  readonly megabytes: number
}

const require = createRequire(import.meta.url)
const rounds = 3
const mostTexts = 6000

const samples = readSamples(process.argv[2])
const contestants = [
  contestant('vigie', () => {
    const classifier = loadClassifier('data/model')
    return (text) => classifier.judge(text).polarity
  }),
  contestant('vader-sentiment', () => {
    const { SentimentIntensityAnalyzer: vader } = require('vader-sentiment')
    return (text) => signOf(vader.polarity_scores(text).compound, 0.05)
  }),
  contestant('sentiment', () => {
    const Sentiment = require('sentiment')
    const analyzer = new Sentiment()
    return (text) => signOf(analyzer.analyze(text).score, 0.5)
  }),
  contestant('natural (AFINN)', () => {
    const Analyzer = require('natural/lib/natural/sentiment/SentimentAnalyzer.js')
    const stemmer = require('natural/lib/natural/stemmers/porter_stemmer.js')
    const analyzer = new Analyzer('English', stemmer, 'afinn')
    return (text) => signOf(analyzer.getSentiment(text.split(/\s+/)), 0.01)
  }),
].filter((one) => one !== null)

process.stdout.write(`${samples.length} texts, ${rounds} rounds, one core\n`)
process.stdout.write('package             texts/s   MB    accuracy\n')
for (const one of contestants) process.stdout.write(measure(one))

function contestant(name: string, load: () => (text: string) => Polarity): Contestant | null {
  const before = process.memoryUsage().rss
  try {
    const judge = load()
    judge('A first text, so that everything is loaded.')
    return { name, judge, megabytes: (process.memoryUsage().rss - before) / 1e6 }
  } catch (error) {
    process.stderr.write(
      `${name}: left out (${error instanceof Error ? error.message.split('\n')[0] : error})\n`,
    )
    return null
  }
}

function measure({ name, judge, megabytes }: Contestant): string {
  for (const { text } of samples.slice(0, 2000)) judge(text)
  const start = process.cpuUsage()
  let right = 0
  for (let round = 0; round < rounds; round++) {
    for (const { text, label } of samples) if (judge(text) === label) right++
  }
  const { user, system } = process.cpuUsage(start)
  const perSecond = (rounds * samples.length * 1e6) / (user + system)
  const labelled = samples.filter(({ label }) => label !== null).length
  const accuracy = labelled === 0 ? '-' : (right / rounds / labelled).toFixed(3)
  return `${name.padEnd(18)}${Math.round(perSecond).toString().padStart(9)}${megabytes.toFixed(0).padStart(5)}    ${accuracy}\n`
}

function signOf(score: number, edge: number): Polarity {
  if (score >= edge) return 'positive'
  return score <= -edge ? 'negative' : 'neutral'
}

function readSamples(file: string | undefined): Sample[] {
  if (file === undefined) return madeUp()
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.slice(0, mostTexts).map((line) => {
    // A file that the person who runs the bench chose.
    const { text: body, label } = JSON.parse(line) as { text: string; label?: Polarity }
    return { text: body, label: label ?? null }
  })
}

/** As long as tweets, mixed from a fixed list; says nothing about accuracy. */
function madeUp(): Sample[] {
  const words =
    'the beer was cold and waiter never came back thanks for nothing le service est lent mais la cuisine reste bonne @user #lumen 😡 !!! 12 euros http://lumen.example'.split(
      ' ',
    )
  return Array.from({ length: mostTexts }, (_, k) => ({
    text: Array.from({ length: 17 }, (_, i) => words[(k * 7 + i * i + 3 * i) % words.length]).join(' '),
    label: null,
  }))
}
