import { readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCache } from '../../src/folder.ts'
import { folderWith } from '../helpers/folder.ts'

describe('what was learnt', () => {
  it('is kept for whoever still reads an older model, and not for ever', () => {
    const folder = folderWith({})
    const cache = modelCache(folder)
    const learnt = path.join(folder, 'data', 'learnt')

    for (let i = 1; i <= 5; i++) {
      cache.write(`model-${i}`, Buffer.from([i]))
      utimesSync(path.join(learnt, `model-${i}.bin`), i, i)
    }

    expect(readdirSync(learnt).sort()).toEqual(['model-3.bin', 'model-4.bin', 'model-5.bin'])
    expect(cache.read('model-4')).toEqual(Buffer.from([4]))
    expect(cache.read('model-1')).toBeNull()
  })
})
