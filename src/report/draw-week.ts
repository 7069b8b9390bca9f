import { drawWeek } from './week-drawing.ts'

// Run as a process of its own: `node draw-week.js '[{"mentions":3,"negative":1}]'` prints the picture as a PNG.
process.stdout.write(drawWeek(JSON.parse(process.argv[2] ?? '[]')))
