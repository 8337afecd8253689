/** Days and ISO weeks as text (`2026-10-19`, `2026-W43`), the way the API writes them. */

const DAY = 86_400_000;

/** The day a clock on the wall shows at `moment`. */
export function dayOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Monday is 1. */
function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function mondayOf(day: string): string {
  return addDays(day, 1 - weekday(day));
}

export function weekOf(day: string): string {
  const thursday = addDays(day, 4 - weekday(day));
  const year = thursday.slice(0, 4);
  const first = Date.parse(`${year}-01-01T00:00:00Z`);
  const number = Math.floor((Date.parse(`${thursday}T00:00:00Z`) - first) / (7 * DAY)) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/** The Monday of a week. */
export function firstDay(week: string): string {
  const [year = "", number = "1"] = week.split("-W");
  return addDays(mondayOf(`${year}-01-04`), (Number(number) - 1) * 7);
}

export function addWeeks(week: string, weeks: number): string {
  return weekOf(addDays(firstDay(week), weeks * 7));
}
