import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { VigieError } from '../domain/errors.ts'
import type { LanguageWeights } from './language.ts'

/** What the trainer writes and the classifier reads. */
export interface Model {
  readonly about: ModelAbout
  /** Two bytes a bucket: negative against neutral, positive against neutral. */
  readonly polarity: Int8Array
  readonly language: LanguageWeights
}

export interface ModelAbout {
  readonly format: 1
  readonly version: string
  readonly recipe: string
  readonly seed: number
  readonly bits: number
  /** What one unit of a polarity weight is worth. */
  readonly step: number
  /** Logits shrink with the number of features to this power. */
  readonly lengthPower: number
  readonly calibration: Calibration
}

/** Found on validation texts only. */
export interface Calibration {
  /** Logits are divided by the language's temperature, or by `rest`. */
  readonly temperature: Readonly<Record<string, number>>
  /** Below this calibrated probability a verdict is not sure. */
  readonly sure: { readonly negative: number; readonly neutral: number; readonly positive: number }
}

const file = 'polarity.bin'
const magic = 'VIGIE1\n'

interface Layout extends ModelAbout {
  readonly languages: readonly string[]
  readonly languageBits: number
  readonly languageStep: number
}

export function readModel(folder: string): Model {
  const path = join(folder, file)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw new VigieError('model-missing', `cannot read the model ${path}`, { cause })
  }
  if (bytes.toString('latin1', 0, magic.length) !== magic)
    throw new VigieError('model-invalid', `${path} is not a Vigie model`)
  const end = bytes.indexOf('\n', magic.length)
  // Written by our own trainer and shipped with the program: its shape is ours.
  const layout = JSON.parse(bytes.toString('utf8', magic.length, end)) as Layout
  const { languages, languageBits, languageStep, ...about } = layout
  const inflated = inflateRawSync(bytes.subarray(end + 1))
  const weights = new Int8Array(inflated.buffer, inflated.byteOffset, inflated.length)
  const split = 2 << about.bits
  if (about.format !== 1 || weights.length !== split + (languages.length << languageBits)) {
    throw new VigieError('model-invalid', `${path} is of another format`)
  }
  return {
    about,
    polarity: weights.subarray(0, split),
    language: { languages, bits: languageBits, step: languageStep, weights: weights.subarray(split) },
  }
}

/** Writes the same bytes for the same model. */
export function writeModel(folder: string, model: Model): void {
  const { languages, bits, step, weights } = model.language
  const layout: Layout = { ...model.about, languages, languageBits: bits, languageStep: step }
  const body = Buffer.concat([bytesOf(model.polarity), bytesOf(weights)])
  const packed = deflateRawSync(body, { level: 9, memLevel: 9 })
  writeFileSync(
    join(folder, file),
    Buffer.concat([Buffer.from(`${magic}${JSON.stringify(layout)}\n`), packed]),
  )
}

function bytesOf(array: Int8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}
