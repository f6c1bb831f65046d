// What the chart says about a moment: one box for all series, read at a glance.

import {make} from './dom.js';
import {sample} from './series.js';
import {dayAndClock, clock, clockSeconds} from './times.js';
import {format} from './units.js';

const MOST = 12;

function moment(at, zone, whole) {
  return whole > 26 * 3600e3 ? dayAndClock(at, zone) : whole < 600e3 ? clockSeconds(at, zone) : clock(at, zone);
}

/** Values at a moment, highest first, the pointed-at series always among them. */
export function valuesAt(all, at, pointed) {
  const rows = all.filter((series) => !series.quiet || series === pointed).map((series) => ({series, ...sample(series, at)}))
    .filter(({value}) => value !== null);
  const panels = [...new Set(all.map((series) => series.panel))];
  rows.sort((one, other) => panels.indexOf(one.series.panel) - panels.indexOf(other.series.panel) || other.value - one.value);
  const shown = rows.slice(0, MOST);
  const wanted = rows.find(({series}) => series === pointed);
  if (wanted && !shown.includes(wanted)) shown[shown.length - 1] = wanted;
  return {shown, more: rows.length - shown.length};
}

export function describeMoment(all, at, pointed, unit, zone, whole) {
  const {shown, more} = valuesAt(all, at, pointed);
  return [
    make('div', {class: 'mv-tip-time', text: moment(at, zone, whole)}),
    ...shown.map(({series, value}) => make('div', {class: series === pointed ? 'mv-tip-row mv-pointed' : 'mv-tip-row'},
      make('i', {style: {background: series.colour}}), make('span', {text: series.name}), make('b', {text: format(value, series.unit ?? unit)}))),
    more > 0 ? make('div', {class: 'mv-tip-more', text: `and ${more} more`}) : null,
  ];
}

/** The same in one sentence, for the ears. */
export function sayMoment(all, at, chosen, unit, zone, whole) {
  const {shown, more} = valuesAt(chosen ? [chosen] : all, at, chosen);
  const said = shown.slice(0, 6).map(({series, value}) => `${series.name} ${format(value, series.unit ?? unit)}`);
  const rest = more + Math.max(0, shown.length - 6);
  return [moment(at, zone, whole), ...(said.length ? said : ['no data']), ...(rest ? [`and ${rest} more`] : [])].join(', ');
}
