// How one cell is written, sorted and searched. Text is only ever a text node.

/** @import {Child} from '../browser/dom.js' */

import {make} from '../browser/dom.js';
import {age, exact, relative} from '../browser/times.js';
import {format} from '../browser/units.js';

/**
 * `text`, `number`, `time` (epoch milliseconds), `span` (seconds), `share`, `badge`, `bar` or `pattern`.
 * @typedef {{name: string, title: string, shape: string, unit: string}} Column
 */

/**
 * What is in a cell. A pattern comes with a real line of it, a bar with its length and what it is sorted by.
 * @typedef {{pattern: string, sample: string | null}} Pattern
 * @typedef {{share: number, text: string, order: number}} Bar
 * @typedef {string | number | Pattern | Bar} Known
 * @typedef {Known | null | undefined} Value
 */

/**
 * The time to count back from, the zone in which times are said, and the colour of each badge's word.
 * @typedef {{now: number, zone: string, tones: Record<string, string>}} Reading
 */

const LONG = 90;

/**
 * @param {Value} value
 * @returns {value is Known}
 */
const known = (value) => value !== null && value !== undefined && value !== '';

/**
 * A cell's words, as they are searched and read out.
 * @param {Value} value
 * @param {Column} column
 * @param {Reading} reading
 */
export function says(value, {shape, unit}, {now, zone}) {
  if (!known(value)) return '';
  if (typeof value === 'object')
    return 'pattern' in value ? `${value.pattern}\n${value.sample ?? ''}` : value.text;
  if (typeof value === 'string') return value;
  if (shape === 'time') return `${relative(value, now)} ${exact(value, zone)}`;
  return shape === 'span' ? age(value) : format(value, unit);
}

/**
 * What a cell is sorted by; null where it is empty.
 * @param {Value} value
 */
function order(value) {
  if (!known(value)) return null;
  if (typeof value !== 'object') return value;
  return 'pattern' in value ? value.pattern : value.order;
}

/**
 * Empty cells come last, whichever way.
 * @param {Value} one
 * @param {Value} other
 * @param {boolean} down
 */
export function compare(one, other, down) {
  const [here, there] = [order(one), order(other)];
  if (here === null || there === null) return Number(here === null) - Number(there === null);
  const difference =
    typeof here === 'number' && typeof there === 'number'
      ? here - there
      : String(here).localeCompare(String(there), 'en', {numeric: true});
  return down ? -difference : difference;
}

/**
 * Long words may break after their joints, and nowhere else as long as they fit a line.
 * @param {string} text
 */
function breakable(text) {
  return text
    .split(/(\S{18,})/)
    .flatMap((part, place) =>
      place % 2
        ? part.split(/(?<=[,/._=:@-])/).flatMap((piece, index) => (index ? [make('wbr'), piece] : [piece]))
        : [part],
    );
}

/** @param {string} text */
function long(text) {
  const words = make('span', {class: 'mv-clipped'}, breakable(text));
  const open = make('button', {
    type: 'button',
    class: 'mv-quiet mv-open',
    text: 'more',
    'aria-expanded': 'false',
    onclick: () => {
      const clipped = words.classList.toggle('mv-clipped');
      open.textContent = clipped ? 'more' : 'less';
      open.setAttribute('aria-expanded', String(!clipped));
    },
  });
  return [words, open];
}

/**
 * A pattern's blanks (`<…>`) stand back behind its words.
 * @param {string} pattern
 */
function parts(pattern) {
  return pattern.split(/(<[^<>\s]{1,24}>)/).map((part, place) => (place % 2 ? make('i', {text: part}) : part));
}

/** @param {string} sample */
function sampled(sample) {
  const line = make('code', {class: 'mv-sample', text: sample, hidden: true});
  const open = make('button', {
    type: 'button',
    class: 'mv-quiet mv-open',
    text: 'show a line',
    'aria-expanded': 'false',
    onclick: () => {
      line.hidden = !line.hidden;
      open.textContent = line.hidden ? 'show a line' : 'hide it';
      open.setAttribute('aria-expanded', String(!line.hidden));
    },
  });
  return [open, line];
}

/**
 * @param {number} value
 * @param {string} text
 */
function bar(value, text) {
  const share = Math.min(Math.max(value, 0), 1);
  return make(
    'span',
    {class: 'mv-share'},
    make('i', {'aria-hidden': 'true'}, make('b', {style: {width: `${share * 100}%`}})),
    make('span', {text}),
  );
}

/**
 * @param {number} value
 * @param {Column} column
 * @param {Reading} reading
 */
function numbered(value, column, reading) {
  if (column.shape === 'share') return bar(value, format(value, column.unit));
  if (column.shape !== 'time') return says(value, column, reading);
  const {now, zone} = reading;
  const datetime = new Date(value).toISOString();
  return make('time', {datetime, title: exact(value, zone), text: relative(value, now)});
}

/**
 * @param {string} text
 * @param {Column} column
 * @param {Reading} reading
 */
function worded(text, {shape}, {tones}) {
  if (shape === 'badge') return [make('span', {class: `mv-badge mv-${tones[text] ?? 'gray'}`, text})];
  if (shape !== 'text') return [text];
  return text.length > LONG ? long(text) : breakable(text);
}

/**
 * @param {Known} value
 * @param {Column} column
 * @param {Reading} reading
 * @returns {Child[]}
 */
function inside(value, column, reading) {
  if (typeof value === 'string') return worded(value, column, reading);
  if (typeof value === 'number') return [numbered(value, column, reading)];
  if ('text' in value) return [bar(value.share, value.text)];
  return [
    make('code', {class: 'mv-pattern'}, parts(value.pattern)),
    ...(value.sample ? sampled(value.sample) : []),
  ];
}

/**
 * @param {Value} value
 * @param {Column} column
 * @param {Reading} reading
 * @param {boolean} names whether the row is called by this cell
 */
export function draw(value, column, reading, names) {
  return make(
    names ? 'th' : 'td',
    {class: `mv-${column.shape}`, scope: names ? 'row' : null},
    known(value)
      ? inside(value, column, reading)
      : make('span', {class: 'mv-none', text: '–', 'aria-label': 'none'}),
  );
}
