// How one cell is written, sorted and searched. Text is only ever a text node.

import {make} from './dom.js';
import {age, exact, relative} from './times.js';
import {format} from './units.js';

const LONG = 90;
const known = (value) => value !== null && value !== undefined && value !== '';

/** A cell's words, as they are searched and read out. */
export function says(value, {shape, unit}, {now, zone}) {
  if (!known(value)) return '';
  if (shape === 'time') return `${relative(value, now)} ${exact(value, zone)}`;
  if (shape === 'pattern') return `${value.pattern}\n${value.sample ?? ''}`;
  if (shape === 'bar') return value.text;
  if (shape === 'span') return typeof value === 'number' ? age(value) : String(value);
  if (typeof value === 'number') return format(value, unit);
  return String(value);
}

/** Empty cells come last, whichever way. */
export function compare(one, other, down) {
  [one, other] = [one?.order ?? one?.pattern ?? one, other?.order ?? other?.pattern ?? other];
  if (!known(one) || !known(other)) return known(one) ? -1 : known(other) ? 1 : 0;
  const order = typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other), 'en', {numeric: true});
  return down ? -order : order;
}

/** Long words may break after their joints, and nowhere else as long as they fit a line. */
function breakable(text) {
  return text.split(/(\S{18,})/).flatMap((part, place) => (place % 2
    ? part.split(/(?<=[,/._=:@-])/).flatMap((piece, index) => (index ? [make('wbr'), piece] : [piece])) : [part]));
}

function long(text) {
  const words = make('span', {class: 'mv-clipped'}, breakable(text));
  const open = make('button', {type: 'button', class: 'mv-quiet mv-open', text: 'more', 'aria-expanded': 'false', onclick: () => {
    const clipped = words.classList.toggle('mv-clipped');
    open.textContent = clipped ? 'more' : 'less';
    open.setAttribute('aria-expanded', String(!clipped));
  }});
  return [words, open];
}

/** A pattern's blanks (`<…>`) stand back behind its words. */
function parts(pattern) {
  return pattern.split(/(<[^<>\s]{1,24}>)/).map((part, place) => (place % 2 ? make('i', {text: part}) : document.createTextNode(part)));
}

function sampled(sample) {
  const line = make('code', {class: 'mv-sample', text: sample, hidden: true});
  const open = make('button', {type: 'button', class: 'mv-quiet mv-open', text: 'a line', 'aria-expanded': 'false', onclick: () => {
    line.hidden = !line.hidden;
    open.textContent = line.hidden ? 'a line' : 'hide it';
    open.setAttribute('aria-expanded', String(!line.hidden));
  }});
  return [open, line];
}

function bar(value, text) {
  const share = Math.min(Math.max(value, 0), 1);
  return make('span', {class: 'mv-share'}, make('i', {'aria-hidden': 'true'}, make('b', {style: {width: `${share * 100}%`}})), make('span', {text}));
}

const inside = {
  time: (value, column, {now, zone}) => make('time', {datetime: new Date(value).toISOString(), title: exact(value, zone), text: relative(value, now)}),
  badge: (value, column, {tones}) => make('span', {class: `mv-badge mv-${tones[value] ?? 'gray'}`, text: value}),
  share: (value, column) => (typeof value === 'number' ? bar(value, format(value, column.unit)) : document.createTextNode(value)),
  bar: (value) => bar(value.share, value.text),
  pattern: (value) => [make('code', {class: 'mv-pattern'}, parts(value.pattern)), ...(value.sample ? sampled(value.sample) : [])],
  text: (value) => (String(value).length > LONG ? long(String(value)) : breakable(String(value))),
};

export function draw(value, column, data, names) {
  const node = make(names ? 'th' : 'td', {class: `mv-${column.shape}`, scope: names ? 'row' : null});
  if (!known(value)) node.append(make('span', {class: 'mv-none', text: '–', 'aria-label': 'none'}));
  else node.append(...[(inside[column.shape] ?? ((each) => document.createTextNode(says(each, column, data))))(value, column, data)].flat());
  return node;
}
