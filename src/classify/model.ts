import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { VigieError } from '../domain/errors.ts'
import type { Concepts } from './concepts.ts'
import type { LanguageWeights } from './language.ts'

/** What the trainer writes and the classifier reads. */
export interface Model {
  readonly about: ModelAbout
  /** Two bytes a bucket: negative against neutral, positive against neutral. */
  readonly polarity: Int8Array
  readonly language: LanguageWeights
  readonly concepts: Concepts
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
  /** Terms of the temperature (see calibrate.ts). */
  readonly temperature: readonly number[]
  /** Below this calibrated probability a verdict is not sure: by language, and for the rest. */
  readonly sure: Readonly<Record<string, SureFrom>>
  readonly sureElsewhere: SureFrom
}

export interface SureFrom {
  readonly negative: number
  readonly neutral: number
  readonly positive: number
}

const file = 'polarity.bin'
const magic = 'VIGIE1\n'

interface Layout extends ModelAbout {
  readonly languages: readonly string[]
  readonly languageBits: number
  readonly languageStep: number
  readonly conceptSlots: number
  readonly ideas: number
}

/** What a weight's byte stands for, in steps: its signed square. A few weights are large, millions are small. */
export function expand(byte: number): number {
  return byte * Math.abs(byte)
}

/** The file of the model in a folder. Throws VigieError `model-missing` when it cannot be read. */
export function findModel(folder: string): string {
  const path = join(folder, file)
  try {
    accessSync(path, constants.R_OK)
  } catch (cause) {
    throw new VigieError('model-missing', `cannot read the model ${path}`, { cause })
  }
  return path
}

export function readModel(folder: string): Model {
  const path = findModel(folder)
  const bytes = readFileSync(path)
  if (bytes.toString('latin1', 0, magic.length) !== magic)
    throw new VigieError('model-invalid', `${path} is not a Vigie model`)
  const end = bytes.indexOf('\n', magic.length)
  // Written by our own trainer and shipped with the program: its shape is ours.
  const layout = JSON.parse(bytes.toString('utf8', magic.length, end)) as Layout
  const { languages, languageBits, languageStep, conceptSlots, ideas, ...about } = layout
  const size = (2 << about.bits) + (languages.length << languageBits) + 6 * conceptSlots + ideas
  if (about.format !== 1) throw new VigieError('model-invalid', `${path} is of another format`)
  // One chunk, so that nothing is copied: a quarter of a second matters to a command that starts for one text.
  const body = inflateRawSync(bytes.subarray(end + 1), { chunkSize: size + 64, maxOutputLength: size + 64 })
  if (body.length !== size) throw new VigieError('model-invalid', `${path} is damaged`)
  const { buffer, byteOffset } = body.byteOffset % 4 === 0 ? body : new Uint8Array(body)
  let used = byteOffset
  const take = (length: number): number => {
    used += length
    return used - length
  }
  return {
    about,
    concepts: {
      keys: new Int32Array(buffer, take(4 * conceptSlots), conceptSlots),
      values: new Uint16Array(buffer, take(2 * conceptSlots), conceptSlots),
      feelings: new Int8Array(buffer, take(ideas), ideas),
    },
    polarity: new Int8Array(buffer, take(2 << about.bits), 2 << about.bits),
    language: {
      languages,
      bits: languageBits,
      step: languageStep,
      weights: new Int8Array(
        buffer,
        take(languages.length << languageBits),
        languages.length << languageBits,
      ),
    },
  }
}

/** Writes the same bytes for the same model. */
export function writeModel(folder: string, model: Model): void {
  const { languages, bits, step, weights } = model.language
  const { keys, values, feelings } = model.concepts
  const layout: Layout = {
    ...model.about,
    languages,
    languageBits: bits,
    languageStep: step,
    conceptSlots: keys.length,
    ideas: feelings.length,
  }
  const body = Buffer.concat([keys, values, feelings, model.polarity, weights].map(bytesOf))
  const packed = deflateRawSync(body, { level: 9, memLevel: 9 })
  writeFileSync(
    join(folder, file),
    Buffer.concat([Buffer.from(`${magic}${JSON.stringify(layout)}\n`), packed]),
  )
}

function bytesOf(array: Int8Array | Int32Array | Uint16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}
