// The cells of a heatmap: which one lies under the pointer, and what it says.

/**
 * @import {Figure} from './figure.js'
 * @import {Geometry} from './geometry.js'
 */

import {make} from '../browser/dom.js';
import {stretch} from '../browser/times.js';
import {format} from '../browser/units.js';
import {nearest} from './series.js';

/**
 * A cell: its time, its place in pixels, and the row it is in; `where` says which that is.
 * @typedef {object} Cell
 * @property {number} start
 * @property {number} end
 * @property {number} top
 * @property {number} bottom
 * @property {number | null} value
 * @property {number} row
 * @property {string} where
 */

/**
 * The cell at a pixel; null where there is no heatmap.
 * @param {Figure} figure
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 * @returns {Cell | null}
 */
export function cellAt(figure, geometry, x, y) {
  const trace = figure.data.find((each) => each.type === 'heatmap');
  const {x: times = [], z: values = [], meta: {step = 0, rows = []} = {}} = trace ?? {};
  if (!trace || !times.length) return null;
  const panel = geometry.panel(trace.yaxis ?? 'y');
  const share = (panel.bottom - y) / (panel.bottom - panel.top);
  const row = Math.round(panel.range[0] + share * (panel.range[1] - panel.range[0]));
  const column = nearest(times, geometry.timeAt(x));
  const middle = times[column];
  if (row < 0 || row >= rows.length || Math.abs(middle - geometry.timeAt(x)) > step) return null;
  return {
    start: Math.round(middle - step / 2),
    end: Math.round(middle + step / 2),
    top: geometry.y(row + 0.5, panel.name),
    bottom: geometry.y(row - 0.5, panel.name),
    value: values[row][column],
    row,
    where: rows[row],
  };
}

/**
 * @param {Cell} cell
 * @param {string} unit
 * @param {string} zone
 * @param {number} whole milliseconds that are looked at
 */
export function describeCell({start, end, value, where}, unit, zone, whole) {
  return [
    make('div', {class: 'mv-tip-time', text: stretch(start, end, zone, whole)}),
    make(
      'div',
      {class: 'mv-tip-row'},
      make('span', {text: where}),
      make('b', {text: format(value ?? 0, unit, zone)}),
    ),
  ];
}
