// What the chart says about a moment: one box for all series, read at a glance.

/**
 * @import {Run} from './figure.js'
 * @import {Sample, Series} from './series.js'
 */

import {make} from '../browser/dom.js';
import {stretch} from '../browser/times.js';
import {format} from '../browser/units.js';
import {extremes, runAt, sample} from './series.js';

const MOST = 12;
const RUNS = 8;

/**
 * What a series says: its value, or the word of its state.
 * @param {Series} series
 * @param {number} value
 * @param {number} at
 * @param {string} unit of series that have none of their own
 * @param {string} zone
 */
function said(series, value, at, unit, zone) {
  return series.runs ? (runAt(series, at)?.word ?? 'no data') : format(value, series.unit ?? unit, zone);
}

/**
 * Values at a moment, highest first, the pointed-at series always among them; of states those that are not usual.
 * @param {Series[]} all
 * @param {number} at
 * @param {Series | null} pointed
 */
export function valuesAt(all, at, pointed) {
  const rows = all
    .filter((series) => series === pointed || !(series.quiet || runAt(series, at)?.quiet))
    .flatMap((series) => {
      const {value} = sample(series, at);
      return value === null ? [] : [{series, value}];
    });
  const panels = [...new Set(all.map((series) => series.panel))];
  rows.sort(
    (one, other) =>
      panels.indexOf(one.series.panel) - panels.indexOf(other.series.panel) || other.value - one.value,
  );
  const shown = rows.slice(0, MOST);
  const wanted = rows.find(({series}) => series === pointed);
  if (wanted && !shown.includes(wanted)) shown[shown.length - 1] = wanted;
  const usual = all.filter((series) => series !== pointed && runAt(series, at)?.quiet);
  return {shown, more: rows.length - shown.length + usual.length};
}

/**
 * @param {Series[]} all
 * @param {number} at
 * @param {Series | null} pointed
 * @param {string} unit of series that have none of their own
 * @param {string} zone
 * @param {number} whole milliseconds that are looked at
 */
export function describeMoment(all, at, pointed, unit, zone, whole) {
  const {shown, more} = valuesAt(all, at, pointed);
  return [
    make('div', {class: 'mv-tip-time', text: stretch(at, at, zone, whole)}),
    ...shown.map(({series, value}) =>
      make(
        'div',
        {class: series === pointed ? 'mv-tip-row mv-pointed' : 'mv-tip-row'},
        make('i', {style: {background: runAt(series, at)?.colour ?? series.colour}}),
        make('span', {text: series.name}),
        make('b', {text: said(series, value, at, unit, zone)}),
      ),
    ),
    more > 0 ? make('div', {class: 'mv-tip-more', text: `and ${more} more`}) : null,
  ];
}

/**
 * The same in one sentence, for the ears.
 * @param {Series[]} all
 * @param {number} at
 * @param {Series | null} chosen
 * @param {string} unit
 * @param {string} zone
 * @param {number} whole
 */
export function sayMoment(all, at, chosen, unit, zone, whole) {
  const {shown, more} = valuesAt(chosen ? [chosen] : all, at, chosen);
  const told = shown.slice(0, 6).map(({series, value}) => `${series.name} ${said(series, value, at, unit, zone)}`);
  const rest = more + Math.max(0, shown.length - 6);
  return [
    stretch(at, at, zone, whole),
    ...(told.length ? told : ['no data']),
    ...(rest ? [`and ${rest} more`] : []),
  ].join(', ');
}

/**
 * Every series in a line, for whoever does not see the chart.
 * @param {Series[]} all
 * @param {string} unit
 * @param {string} zone
 * @param {number} whole
 */
export function summary(all, unit, zone, whole) {
  return all
    .filter((series) => !series.quiet)
    .map((series) => {
      const text = series.runs ? runsInWords(series.runs, zone, whole) : reach(series, unit, zone, whole);
      return make('li', {text: `${series.name}: ${text}`});
    });
}

/**
 * @param {Series} series
 * @param {string} unit
 * @param {string} zone
 * @param {number} whole
 */
function reach(series, unit, zone, whole) {
  const found = extremes(series);
  if (!found) return 'no data';
  /** @param {Sample} point */
  const at = ({time, value}) =>
    `${format(value, series.unit ?? unit, zone)} at ${stretch(time, time, zone, whole)}`;
  return `lowest ${at(found.low)}, highest ${at(found.high)}, last ${at(found.last)}`;
}

/**
 * @param {Run[]} runs
 * @param {string} zone
 * @param {number} whole
 */
function runsInWords(runs, zone, whole) {
  const told = runs.slice(0, RUNS).map(({start, end, word}) => `${word} ${stretch(start, end, zone, whole)}`);
  const more = runs.length - told.length;
  return [...(told.length ? told : ['no data']), ...(more ? [`and ${more} more`] : [])].join(', ');
}
