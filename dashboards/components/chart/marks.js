// Notices on a chart: a tinted stretch, a line on top of it, and its number. Overlapping ones stay readable.

/**
 * @import {Labels} from './figure.js'
 * @import {Geometry} from './geometry.js'
 * @import {Mark} from '../browser/row_marks.js'
 * @import {Series} from './series.js'
 */

import {fill, make, showNotice} from '../browser/dom.js';
import {spoken} from '../browser/row_marks.js';
import {sample} from './series.js';

const ROOM = 26;
const LANE = 5;
const LANES = 4;

/**
 * A notice on a stretch, and where it is drawn: its number at `at`, its line in a lane.
 * @typedef {Mark & {start: number, end: number, series: Labels[]}} StretchMark
 * @typedef {StretchMark & {left: number, right: number, at: number, lane: number}} Placed
 */

/**
 * Whether these are the labels of one series.
 * @param {Labels} one
 * @param {Labels} other
 */
export const same = (one, other) => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/**
 * Which lane each mark's line takes, so that overlapping lines lie above one another.
 * @param {Placed[]} placed from left to right
 */
export function lanes(placed) {
  /** @type {number[]} */
  const ends = [];
  for (const mark of placed) {
    let lane = ends.findIndex((end) => end <= mark.left - 2);
    if (lane < 0) lane = ends.length < LANES ? ends.length : ends.indexOf(Math.min(...ends));
    ends[lane] = mark.right;
    mark.lane = lane;
  }
}

/**
 * Centres of the numbers, in order, none on top of another while there is room.
 * @param {Placed[]} placed each at the middle of its stretch
 * @param {Geometry} geometry
 */
export function spread(placed, geometry) {
  const room = Math.min(ROOM, geometry.width / Math.max(1, placed.length));
  const sorted = [...placed].sort((one, other) => one.at - other.at);
  let edge = -Infinity;
  for (const mark of sorted) {
    mark.at = Math.max(mark.at, edge + room);
    edge = mark.at;
  }
  edge = geometry.right + ROOM / 2;
  for (const mark of sorted.reverse()) {
    mark.at = Math.min(mark.at, edge - room);
    edge = Math.min(mark.at, edge);
  }
}

/**
 * @param {StretchMark} mark
 * @param {Geometry} geometry
 * @returns {Placed}
 */
function place(mark, geometry) {
  const [left, right] = [geometry.clampX(geometry.x(mark.start)), geometry.clampX(geometry.x(mark.end))];
  return {...mark, left, right, at: (left + right) / 2, lane: 0};
}

/**
 * The series that a mark names.
 * @param {StretchMark} mark
 * @param {Series[]} all
 */
const seriesOf = (mark, all) => all.filter((series) => mark.series.some((labels) => same(labels, series.labels)));

/**
 * The panels a mark belongs to: those of its series, or all.
 * @param {StretchMark} mark
 * @param {Series[]} all
 * @param {Geometry} geometry
 */
function panelsOf(mark, all, geometry) {
  const named = new Set(seriesOf(mark, all).map((series) => series.panel));
  return named.size ? geometry.panels.filter((panel) => named.has(panel.name)) : geometry.panels;
}

/**
 * @param {Placed} mark
 * @param {Series[]} all
 * @param {Geometry} geometry
 */
function tint(mark, all, geometry) {
  return panelsOf(mark, all, geometry).map(({top, bottom}) =>
    make('div', {
      class: mark.start === mark.end ? 'mv-moment' : 'mv-stretch',
      'data-people': mark.people > 1 && mark.people,
      'data-earlier': mark.earlier,
      style: {
        left: `${mark.left}px`,
        width: `${Math.max(mark.start === mark.end ? 0 : 2, mark.right - mark.left)}px`,
        top: `${top}px`,
        height: `${bottom - top}px`,
      },
    }),
  );
}

/**
 * A ring on each series that a mark of one moment names.
 * @param {Placed} mark
 * @param {Series[]} all
 * @param {Geometry} geometry
 */
function rings(mark, all, geometry) {
  if (mark.start !== mark.end) return [];
  const lines = seriesOf(mark, all).filter((series) => !series.stacked);
  return lines.flatMap((series) => {
    const {value} = sample(series, mark.start);
    if (value === null) return [];
    const style = {left: `${mark.left}px`, top: `${geometry.y(value, series.panel)}px`};
    return [make('div', {class: 'mv-ring', style})];
  });
}

/**
 * @param {Placed} mark
 * @param {Geometry} geometry
 * @param {(mark: Placed | null) => void} tell
 */
function numbered(mark, geometry, tell) {
  return make('button', {
    type: 'button',
    class: 'mv-dot',
    text: mark.number,
    'aria-label': spoken(mark),
    'data-people': mark.people > 1 && mark.people,
    'data-earlier': mark.earlier,
    style: {left: `${mark.at}px`, top: `${geometry.top}px`},
    onclick: () => showNotice(mark.id),
    onpointerenter: () => tell(mark),
    onpointerleave: () => tell(null),
    onfocus: () => tell(mark),
    onblur: () => tell(null),
  });
}

/**
 * The line on top of a stretch.
 * @param {Placed} mark
 * @param {Geometry} geometry
 */
function topLine(mark, geometry) {
  return make('div', {
    class: 'mv-topline',
    'data-people': mark.people > 1 && mark.people,
    'data-earlier': mark.earlier,
    style: {
      left: `${mark.left}px`,
      width: `${Math.max(2, mark.right - mark.left)}px`,
      top: `${geometry.top - 1 - mark.lane * LANE}px`,
    },
  });
}

/**
 * Draw `marks` into the layers below and above the lines.
 * @param {StretchMark[]} marks
 * @param {Series[]} all
 * @param {Geometry} geometry
 * @param {{below: Element, above: Element}} layers
 * @param {(mark: Placed | null) => void} tell shows a mark's words, or hides them with null
 */
export function drawMarks(marks, all, geometry, {below, above}, tell) {
  const [start, end] = geometry.range;
  const placed = marks
    .filter((mark) => mark.end >= start && mark.start <= end)
    .map((mark) => place(mark, geometry))
    .sort((one, other) => one.left - other.left);
  lanes(placed);
  spread(placed, geometry);
  fill(
    below,
    placed.flatMap((mark) => tint(mark, all, geometry)),
  );
  fill(
    above,
    placed.flatMap((mark) => [
      topLine(mark, geometry),
      ...rings(mark, all, geometry),
      numbered(mark, geometry, tell),
    ]),
  );
}
