// Times on screen: always in the viewer's zone, whatever the browser's is. Times are epoch milliseconds.

const MINUTE = 60e3;
const HOUR = 3600e3;
const DAY = 86400e3;
const STEPS = [
  ...[1e3, 5e3, 15e3, 30e3],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 91].map((days) => days * DAY),
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** @type {Map<string, Intl.DateTimeFormat>} */
const writers = new Map();

/**
 * @param {string} zone
 * @param {Intl.DateTimeFormatOptions} parts
 */
function writer(zone, parts) {
  const name = zone + JSON.stringify(parts);
  const known =
    writers.get(name) ?? new Intl.DateTimeFormat('en-GB', {timeZone: zone, hourCycle: 'h23', ...parts});
  writers.set(name, known);
  return known;
}

/**
 * How a moment is written in a zone, with these parts.
 * @param {Intl.DateTimeFormatOptions} parts
 * @returns {(at: number, zone: string) => string}
 */
const writing = (parts) => (at, zone) => writer(zone, parts).format(at);

/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = {hour: '2-digit', minute: '2-digit'};
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK_SECONDS = {...CLOCK, second: '2-digit'};
/** @type {Intl.DateTimeFormatOptions} */
const DAY_OF = {weekday: 'short', day: 'numeric', month: 'short'};

export const clock = writing(CLOCK);
export const clockSeconds = writing(CLOCK_SECONDS);
export const dayAndClock = writing({weekday: 'short', ...CLOCK});
export const dayOf = writing(DAY_OF);
export const exact = writing({...DAY_OF, year: 'numeric', ...CLOCK_SECONDS, timeZoneName: 'short'});

/**
 * The numbers on the zone's calendar and clock at that moment.
 * @param {number} at
 * @param {string} zone
 */
function partsOf(at, zone) {
  return Object.fromEntries(
    writer(zone, {year: 'numeric', month: '2-digit', day: '2-digit', ...CLOCK_SECONDS})
      .formatToParts(at)
      .map(({type, value}) => [type, Number(value)]),
  );
}

/**
 * `19 Nov 2026, 07:30`, with the months of vistas/formatting/values.py.
 * @param {number} at
 * @param {string} zone
 */
export function dateAndClock(at, zone) {
  const {year, month, day} = partsOf(at, zone);
  return `${day} ${MONTHS[month - 1]} ${year}, ${clock(at, zone)}`;
}

/**
 * How far the zone's clock is ahead of UTC at that moment.
 * @param {number} at
 * @param {string} zone
 */
function ahead(at, zone) {
  const parts = partsOf(at, zone);
  return (
    Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) -
    Math.floor(at / 1e3) * 1e3
  );
}

/**
 * How a moment is said where so much time is looked at.
 * @param {number} whole milliseconds
 */
function sayingWithin(whole) {
  if (whole > 26 * HOUR) return dayAndClock;
  return whole < 10 * MINUTE ? clockSeconds : clock;
}

/**
 * A stretch as short as it can be said within what is looked at.
 * @param {number} start
 * @param {number} end
 * @param {string} zone
 * @param {number} whole milliseconds that are looked at
 */
export function stretch(start, end, zone, whole) {
  const say = sayingWithin(whole);
  return start === end ? say(start, zone) : `${say(start, zone)} – ${say(end, zone)}`;
}

/**
 * @param {number} at
 * @param {string} zone
 * @param {number} step milliseconds to the next tick
 */
function tick(at, zone, step) {
  const midnight = (at + ahead(at, zone)) % DAY === 0;
  if (midnight) return dayOf(at, zone);
  return step < MINUTE ? clockSeconds(at, zone) : clock(at, zone);
}

/**
 * Ticks at round times of the zone's clock, about `wanted` of them; midnight carries the date.
 * @param {number} start
 * @param {number} end
 * @param {string} zone
 * @param {number} wanted
 */
export function ticks(start, end, zone, wanted) {
  const step = STEPS.find((each) => (end - start) / each <= wanted) ?? 91 * DAY;
  const values = [];
  for (let local = Math.ceil((start + ahead(start, zone)) / step) * step; ; local += step) {
    const guess = local - ahead(local - ahead(start, zone), zone);
    if (guess > end) break;
    values.push(guess);
  }
  return {values, texts: values.map((at) => tick(at, zone, step))};
}

/**
 * A length of time in the largest unit of which there are some.
 * @param {number} size milliseconds
 * @param {[seconds: number, minutes: number, hours: number]} limits up to which it is said in each
 */
function lasting(size, [seconds, minutes, hours]) {
  if (size < seconds) return `${Math.round(size / 1e3)} s`;
  if (size < minutes) return `${Math.round(size / MINUTE)} min`;
  return size < hours ? `${Math.round(size / HOUR)} h` : `${Math.round(size / DAY)} d`;
}

/**
 * `3 min ago`, `in 2 d`.
 * @param {number} at
 * @param {number} now
 */
export function relative(at, now) {
  const said = lasting(Math.abs(now - at), [90e3, 90 * MINUTE, 36 * HOUR]);
  return at > now + 1e3 ? `in ${said}` : `${said} ago`;
}

/** @param {number} seconds */
export function age(seconds) {
  return lasting(seconds * 1e3, [120e3, 120 * MINUTE, 48 * HOUR]);
}
