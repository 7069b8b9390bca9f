import Holidays from 'date-holidays'

// Run as a process of its own: `node holiday-dates.js BE 2026 2028` prints the public holidays as a JSON list of dates.
const [country = '', from = '', to = from] = process.argv.slice(2)
const [land = '', state = '', region = ''] = country.split('-')
const calendar = new Holidays(land, state, region)
const dates: string[] = []
for (let year = Number(from); year <= Number(to); year++) {
  for (const day of calendar.getHolidays(year)) if (day.type === 'public') dates.push(day.date.slice(0, 10))
}
process.stdout.write(JSON.stringify(dates))
