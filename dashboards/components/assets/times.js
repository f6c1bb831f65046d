// Times on screen: always in the viewer's zone, whatever the browser's is. Times are epoch milliseconds.

const MINUTE = 60e3, HOUR = 3600e3, DAY = 86400e3;
const STEPS = [1e3, 5e3, 15e3, 30e3, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY];
const writers = new Map();

function writer(zone, parts) {
  const name = zone + JSON.stringify(parts);
  if (!writers.has(name)) writers.set(name, new Intl.DateTimeFormat('en-GB', {timeZone: zone, hourCycle: 'h23', ...parts}));
  return writers.get(name);
}

const CLOCK = {hour: '2-digit', minute: '2-digit'};
export const clock = (at, zone) => writer(zone, CLOCK).format(at);
export const clockSeconds = (at, zone) => writer(zone, {...CLOCK, second: '2-digit'}).format(at);
export const dayAndClock = (at, zone) => writer(zone, {weekday: 'short', ...CLOCK}).format(at);
export const dayOf = (at, zone) => writer(zone, {weekday: 'short', day: 'numeric', month: 'short'}).format(at);
export const exact = (at, zone) =>
  writer(zone, {weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...CLOCK, second: '2-digit', timeZoneName: 'short'}).format(at);

/** How far the zone's clock is ahead of UTC at that moment. */
function ahead(at, zone) {
  const parts = Object.fromEntries(writer(zone, {year: 'numeric', month: '2-digit', day: '2-digit', ...CLOCK, second: '2-digit'})
    .formatToParts(at).map(({type, value}) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(at / 1e3) * 1e3;
}

/** A stretch as short as it can be said within what is looked at. */
export function stretch(start, end, zone, whole) {
  const far = whole > 26 * HOUR, fine = whole < 10 * MINUTE;
  const say = far ? dayAndClock : fine ? clockSeconds : clock;
  return start === end ? say(start, zone) : `${say(start, zone)} – ${say(end, zone)}`;
}

/** Ticks at round times of the zone's clock, about `wanted` of them; midnight carries the date. */
export function ticks(start, end, zone, wanted) {
  const step = STEPS.find((each) => (end - start) / each <= wanted) ?? STEPS.at(-1);
  const values = [], texts = [];
  for (let local = Math.ceil((start + ahead(start, zone)) / step) * step; ; local += step) {
    const guess = local - ahead(local - ahead(start, zone), zone);
    if (guess > end) break;
    values.push(guess);
    const midnight = (guess + ahead(guess, zone)) % DAY === 0;
    texts.push(midnight ? dayOf(guess, zone) : step < MINUTE ? clockSeconds(guess, zone) : clock(guess, zone));
  }
  return {values, texts};
}

/** `3 min ago`, `in 2 d`. */
export function relative(at, now) {
  const size = Math.abs(now - at);
  const said = size < 90e3 ? `${Math.round(size / 1e3)} s` : size < 90 * MINUTE ? `${Math.round(size / MINUTE)} min`
    : size < 36 * HOUR ? `${Math.round(size / HOUR)} h` : `${Math.round(size / DAY)} d`;
  return at > now + 1e3 ? `in ${said}` : `${said} ago`;
}

export function age(seconds) {
  const size = seconds * 1e3;
  return size < 120e3 ? `${Math.round(seconds)} s` : size < 120 * MINUTE ? `${Math.round(size / MINUTE)} min`
    : size < 48 * HOUR ? `${Math.round(size / HOUR)} h` : `${Math.round(size / DAY)} d`;
}
