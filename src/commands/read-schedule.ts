const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_GROUPS: Record<string, number[]> = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
};
/** More in a day is a feed, not a digest. */
const MOST_TIMES = 6;

/** `8:00, 18.30` → `['08:00', '18:30']`, sorted and distinct; null where it is something else. */
export function readTimes(typed: string): string[] | null {
  const times = typed
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(readTime);
  if (!times.length || times.length > MOST_TIMES || times.includes(null)) return null;
  return [...new Set(times as string[])].sort();
}

function readTime(word: string): string | null {
  const [, hour, minute = '00'] = word.match(/^(\d{1,2})(?:[:.h](\d{2}))?$/) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** `weekdays`, `mon,wed`, `Mon-Fri` → ISO days of week, sorted and distinct; null where it is something else. */
export function readDays(typed: string): number[] | null {
  const days = new Set<number>();
  for (const word of typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean)) {
    const group = DAY_GROUPS[word];
    const [first, last = first] = word.split(/[-–]/).map((name) => DAY_NAMES.indexOf(name.slice(0, 3)) + 1);
    if (group) for (const day of group) days.add(day);
    else if (!first || !last) return null;
    else
      for (let day = first; ; day = (day % 7) + 1) {
        days.add(day);
        if (day === last) break;
      }
  }
  return days.size ? [...days].sort((a, b) => a - b) : null;
}

/** `ko, en` → `['ko', 'en']`; null where it is something else. */
export function readLanguages(typed: string): string[] | null {
  const codes = typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  return codes.length && codes.every((code) => /^[a-z]{2,3}$/.test(code)) ? [...new Set(codes)] : null;
}
