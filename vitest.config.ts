import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    env: { TZ: 'UTC' },
    testTimeout: 20_000,
    // Files share their worker's modules: reading the same sources a hundred times over cost a third of the time. So a
    // test leaves nothing behind: timers, listeners and folders go with it.
    isolate: false,
  },
})
