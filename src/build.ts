import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

// Makes dist/: `npm run build`. The program and the libraries it uses become a few files, because Node takes 0.3 s and
// some 10 MB more to read them one by one, at every command. What is rarely used stays apart and is loaded when needed.
const root = path.resolve(import.meta.dirname, '..')
const dist = path.join(root, 'dist')

/** Each lies in dist/ itself, so that `..` is Vigie's own folder from every file there, as it is from src/. */
const programs = [
  'cli.ts',
  'collect/parse-worker.ts',
  'config/holiday-dates.ts',
  'report/draw-week.ts',
  'train/train.ts',
  'train/evaluate-triage.ts',
  'train/learn-playbooks.ts',
]

/** Compiled for the machine, or so large and so seldom used that they are better read from where they lie. */
const apart = ['better-sqlite3', '@resvg/resvg-js', 'date-holidays', 'echarts']

rmSync(dist, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: programs.map((program) => ({
    in: path.join(root, 'src', program),
    out: path.basename(program, '.ts'),
  })),
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: apart,
  minifySyntax: true,
  minifyWhitespace: true,
  // With NODE_OPTIONS=--enable-source-maps the lines of a fault are those of the sources.
  sourcemap: 'linked',
  sourcesContent: false,
  // Libraries in the older form ask for Node's own parts by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
})
execFileSync(process.execPath, [path.join(dist, 'learn-playbooks.js')], { stdio: 'inherit' })
