// What the chart says about a moment: one box for all series, read at a glance.

/** @import {Sample, Series} from './series.js' */

import {make} from '../browser/dom.js';
import {stretch} from '../browser/times.js';
import {format} from '../browser/units.js';
import {extremes, sample} from './series.js';

const MOST = 12;

/**
 * Values at a moment, highest first, the pointed-at series always among them.
 * @param {Series[]} all
 * @param {number} at
 * @param {Series | null} pointed
 */
export function valuesAt(all, at, pointed) {
  const rows = all
    .filter((series) => !series.quiet || series === pointed)
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
  return {shown, more: rows.length - shown.length};
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
        make('i', {style: {background: series.colour}}),
        make('span', {text: series.name}),
        make('b', {text: format(value, series.unit ?? unit, zone)}),
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
  const said = shown
    .slice(0, 6)
    .map(({series, value}) => `${series.name} ${format(value, series.unit ?? unit, zone)}`);
  const rest = more + Math.max(0, shown.length - 6);
  return [
    stretch(at, at, zone, whole),
    ...(said.length ? said : ['no data']),
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
      const found = extremes(series);
      /** @param {Sample} point */
      const said = ({time, value}) =>
        `${format(value, series.unit ?? unit, zone)} at ${stretch(time, time, zone, whole)}`;
      const text = found
        ? `lowest ${said(found.low)}, highest ${said(found.high)}, last ${said(found.last)}`
        : 'no data';
      return make('li', {text: `${series.name}: ${text}`});
    });
}
