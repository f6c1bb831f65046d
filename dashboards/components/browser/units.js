// How a number of a unit is written for a person: the browser's side of vistas/formatting.py.

import {dateAndClock} from './times.js';

const [FIRST_DATE, AFTER_DATES] = [-2208988800, 253370764800];
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0, roundingMode: 'halfEven'});

/** @param {number} value */
const short = (value) => value.toExponential().replace(/(e[+-])(\d)$/, '$10$2');

/** @param {number} value */
function rounded(value) {
  const size = Math.abs(value);
  const told = Number(value.toPrecision(3));
  if (size === 0) return '0';
  if (size >= 1e15 || Math.abs(told) < 1e-4) return short(told);
  return size >= 1000 ? whole.format(value).replaceAll(',', '\u2009') : String(told);
}

/**
 * @param {number} value
 * @param {string[]} steps what each power of `base` is called
 * @param {number} base
 */
function scaled(value, steps, base) {
  let size = Math.abs(value);
  let place = 0;
  while (size >= base && place < steps.length - 1) [size, place] = [size / base, place + 1];
  return `${rounded(Math.sign(value) * size)}${steps[place] && `\u202f${steps[place]}`}`;
}

/** @param {number} seconds */
function span(seconds) {
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '−' : '';
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${sign}${rounded(size * 1e6)} µs`;
  if (size < 1) return `${sign}${rounded(size * 1e3)} ms`;
  if (size < 120) return `${sign}${rounded(size)} s`;
  if (size < 7200) return `${sign}${rounded(size * (1 / 60))} min`;
  if (size < 172800) return `${sign}${rounded(size * (1 / 3600))} h`;
  return `${sign}${rounded(size * (1 / 86400))} d`;
}

/** @param {number} value */
const bytes = (value) => scaled(value, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'], 1024);

/** @param {number} value */
const bitsPerSecond = (value) => scaled(value, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s', 'Pbit/s'], 1000);

/** @param {number} value */
const plain = (value) =>
  Math.abs(value) < 10000 ? rounded(value) : scaled(value, ['', 'k', 'M', 'G', 'T'], 1000);

/** @param {number} value */
const perSecond = (value) => `${plain(value)}/s`;

/**
 * @param {number} seconds
 * @param {string} [zone]
 */
function date(seconds, zone) {
  if (seconds < FIRST_DATE || seconds >= AFTER_DATES) return plain(seconds);
  const at = Math.floor(seconds) * 1e3;
  return zone ? dateAndClock(at, zone) : `${dateAndClock(at, 'UTC')} UTC`;
}

/** @type {Record<string, (value: number, zone?: string) => string>} */
const written = {
  number: plain,
  ratio: (value) => `${rounded(value * 100)} %`,
  percent: (value) => `${rounded(value)} %`,
  microseconds: (value) => span(value / 1e6),
  milliseconds: (value) => span(value / 1e3),
  seconds: span,
  hours: (value) => span(value * 3600),
  days: (value) => span(value * 86400),
  bytes,
  'bytes/s': (value) => `${bytes(value)}/s`,
  'bits/s': bitsPerSecond,
  'per second': perSecond,
  'requests/s': perSecond,
  cores: (value) => (Math.abs(value) < 1 ? `${rounded(value * 1000)} m` : `${rounded(value)} cores`),
  dates: date,
};

/**
 * @param {number | null | undefined} value
 * @param {string} unit a unit nobody knows is a plain number
 * @param {string} [zone] by whose clock a date is written; without one in UTC, which it then says
 */
export function format(value, unit, zone) {
  if (value === null || value === undefined || Number.isNaN(value)) return 'no data';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return (written[unit] ?? plain)(value, zone);
}
